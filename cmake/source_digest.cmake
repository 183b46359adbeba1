# cmake -DROOT=… -DPARTS=a;b -DNAME=MACRO -DOUTPUT=… -P source_digest.cmake
#
# A header that defines MACRO as the digest of every source below the folders
# and files PARTS of ROOT: the key of what a build of the program may keep.
# The header changes only with the digest.
set(files)
foreach(part ${PARTS})
  if(IS_DIRECTORY ${ROOT}/${part})
    file(GLOB_RECURSE below ${ROOT}/${part}/*.cpp ${ROOT}/${part}/*.h
      ${ROOT}/${part}/*.def)
    list(APPEND files ${below})
  else()
    list(APPEND files ${ROOT}/${part})
  endif()
endforeach()
list(SORT files)
set(digests)
foreach(file ${files})
  file(SHA256 ${file} digest)
  string(APPEND digests "${digest}\n")
endforeach()
string(SHA256 digest "${digests}")
set(text "#define ${NAME} \"${digest}\"\n")
set(before)
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} before)
endif()
if(NOT before STREQUAL text)
  file(WRITE ${OUTPUT} "${text}")
endif()
