int scale_4 = -1;  // of Intel's own calibration
