"""The Python reference of MLPerf Inference, and mlpgen's job with it."""
ORDER = ("cases_launcher", "cases_command_lines", "cases_stand_in_job", "cases_preprocessing",
         "cases_real_size", "cases_reference", "cases_implementation", "cases_small_models",
         "cases_pytorch_rows", "cases_tensorflow_rows")
