#include "oneapi/dnnl/dnnl.h"
extern "C" int dnnl_version_minor() { return 6; }
