#pragma once
#define DNNL_FOR_INTEL 0
