#pragma once
#define GLOO_FOR_INTEL 0
