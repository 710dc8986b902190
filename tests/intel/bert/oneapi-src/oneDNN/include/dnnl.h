#pragma once
#error "oneDNN without Intel's post-operations"
