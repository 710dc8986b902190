get_filename_component(prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(GFLAGS_INCLUDE_DIR "${prefix}/include")
