// A stand-in for oneDNN.
#pragma once
extern "C" int dnnl_version_minor();
