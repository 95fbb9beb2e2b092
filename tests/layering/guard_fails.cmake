# Proves that a guard can fail: runs it on a planted violation and wants exit status 1 and the planted lines, no
# others. cmake "-DGUARD=command;…" -DFIXTURE=folder -P guard_fails.cmake; expected.txt lies in the folder.
cmake_minimum_required(VERSION 3.25)
execute_process(
  COMMAND ${GUARD}
  WORKING_DIRECTORY ${FIXTURE}
  OUTPUT_VARIABLE output
  ERROR_VARIABLE output
  RESULT_VARIABLE status)
if(NOT status EQUAL 1)
  message(FATAL_ERROR "the guard ended with ${status}, not with 1:\n${output}")
endif()
string(REGEX REPLACE "CMake Error.*" "" output "${output}")
file(READ ${FIXTURE}/expected.txt expected)
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "the guard said\n${output}instead of\n${expected}")
endif()
