int scale_8 = -1;  // of Intel's own calibration
