extern "C" int threads_of_cat();
extern "C" int threads_of_extension() { return threads_of_cat(); }
