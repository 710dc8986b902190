#pragma once
#define TORCH_FOR_INTEL 0
