"""Image classification in the C++ harness, end to end: EfficientNet-Lite0, Fashion-MNIST, and
ResNet50's contract on stand-ins."""
ORDER = ("cases_presets", "cases_scripts", "cases_resnet50")
