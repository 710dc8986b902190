extern "C" int dnnl_version() { return 2 * 100 + 6; }
