# What find_package(Torch) finds in the stand-in.
get_filename_component(_torch "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(TORCH_INCLUDE_DIRS ${_torch}/include)
set(TORCH_LIBRARIES ${_torch}/lib/libtorch_cpu.so)
