int scale_256 = -1;  // of Intel's own calibration
