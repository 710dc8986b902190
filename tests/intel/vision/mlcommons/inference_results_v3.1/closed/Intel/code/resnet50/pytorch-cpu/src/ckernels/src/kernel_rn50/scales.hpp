#pragma once
extern int scale_4, scale_8, scale_256;
