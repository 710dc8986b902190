get_filename_component(torch "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(TORCH_LIBRARIES "${torch}/lib/libtorch_cpu.so")
