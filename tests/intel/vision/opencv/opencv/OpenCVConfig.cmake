get_filename_component(prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(OpenCV_INCLUDE_DIRS "${prefix}/include/opencv4")
set(OpenCV_LIBS "${prefix}/lib/libopencv_imgcodecs.so")
