"""Does the exit code of samples/demo.sh tell when something is wrong? notices.py BUILD_DIR

Runs it with an expectation that is not met, and with meddle.py between the drops and the checks. Each time it has
to exit with 1 because of the very thing that is wrong."""
import os, subprocess, sys, tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def fails(what, sentence, **environment):
    done = subprocess.run([os.path.join(ROOT, "samples", "demo.sh")], capture_output=True, text=True,
                          env={**os.environ, "BUILD_DIR": os.path.abspath(sys.argv[1]), **environment})
    wrong = [line for line in done.stdout.splitlines() if "WRONG" in line]
    if done.returncode != 1 or not any(sentence in line for line in wrong):
        sys.exit(f"FAILED: {what}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    print("".join(line + "\n" for line in done.stdout.splitlines() if line.startswith("noticed:"))
          + f"noticed by samples/demo.sh: {what}")


def main():
    with open(os.path.join(ROOT, "samples", "demo", "drops.tsv"), encoding="utf-8") as file:
        drops = file.read()
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as altered:
        altered.write(drops.replace("\tlinked\tlead\tFresh Lead", "\tlinked\tlead\tStale Lead"))
        altered.flush()
        fails("another lead is expected", "links: expected lead Stale Lead, user Anna Berg, found lead Fresh Lead",
              DROPS=altered.name)
    fails("the CRM has lost its links", "links: expected", BEFORE_CHECKS="python3 tests/demo/meddle.py")


main()
