"""exchangelib logs in by NTLM to a server that demands channel binding: neither the login nor the hash of the
certificate was made from what the simulator has. ntlm_client.py URL CERTIFICATE

The last line is "OK ntlm" if the right password gets in and a wrong one does not."""
import sys, warnings

warnings.simplefilter("ignore")
import requests
from exchangelib import DELEGATE, NTLM, Account, Build, Configuration, Credentials, Version
from exchangelib.errors import UnauthorizedError
from exchangelib.protocol import BaseProtocol


class Trusting(requests.adapters.HTTPAdapter):
    def cert_verify(self, conn, url, verify, cert):
        super().cert_verify(conn=conn, url=url, verify=sys.argv[2], cert=cert)


def ask(password):
    credentials = Credentials("agent@example.test", password)
    way = Configuration(service_endpoint=sys.argv[1] + "/EWS/Exchange.asmx", credentials=credentials, auth_type=NTLM,
                        version=Version(Build(15, 1)))
    account = Account("agent@example.test", config=way, autodiscover=False, access_type=DELEGATE)
    return account.inbox.total_count


BaseProtocol.HTTP_ADAPTER_CLS = Trusting
print("mails in the Inbox:", ask("secret"))
try:
    ask("wrong")
    sys.exit("a wrong password gets in")
except UnauthorizedError:
    print("OK ntlm")
