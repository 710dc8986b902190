// A GGUF file -> a model in memory, its tokenizer and its contexts, by llama.cpp.
#include "language_model.h"

#include <ggml-cpu.h>

#include <limits>
#include <mutex>

#include "failure.h"

namespace mlpgen {
namespace {

std::mutex log_mutex;
std::string log_error;  // guarded by log_mutex

void keep_error(ggml_log_level level, const char* text, void*) {
  if (level != GGML_LOG_LEVEL_ERROR) return;
  std::lock_guard lock(log_mutex);
  log_error = text;
  while (!log_error.empty() && log_error.back() == '\n') log_error.pop_back();
}

// Such a program would end in an illegal instruction, which names nothing.
void require_instructions() {
  __builtin_cpu_init();
  const bool lacks_avx2 = ggml_cpu_has_avx2() && !__builtin_cpu_supports("avx2");
  const bool lacks_avx512 = ggml_cpu_has_avx512() && !__builtin_cpu_supports("avx512f");
  if (!lacks_avx2 && !lacks_avx512) return;
  throw Failure(std::string("llama.cpp was built for processors with ") +
                    (lacks_avx512 ? "AVX-512" : "AVX2") + ", which this one lacks",
                lacks_avx2 ? "configure with --adr.llama-cpp.tags=_x86-64-v2"
                           : "configure with --adr.llama-cpp.tags=_x86-64-v3");
}

}  // namespace

std::string last_llama_error() {
  std::lock_guard lock(log_mutex);
  return log_error;
}

LanguageModel::LanguageModel(const std::string& path) {
  llama_log_set(keep_error, nullptr);
  require_instructions();
  llama_backend_init();
  model_.reset(llama_model_load_from_file(path.c_str(), llama_model_default_params()));
  if (!model_)
    throw Failure(path + " is no model that llama.cpp reads: " + last_llama_error(),
                  "give a GGUF file with --model");
  vocab_ = llama_model_get_vocab(model_.get());
}

Tokens LanguageModel::tokenize(const std::string& text) const {
  Tokens tokens(text.size() + 2);  // a token has one byte at least; BOS and EOS may be added
  const int32_t count = llama_tokenize(vocab_, text.data(), static_cast<int32_t>(text.size()),
                                       tokens.data(), static_cast<int32_t>(tokens.size()),
                                       /*add_special=*/true, /*parse_special=*/true);
  if (count < 0) throw Failure("llama.cpp cannot tokenize '" + text + "'");
  tokens.resize(static_cast<size_t>(count));
  return tokens;
}

std::string LanguageModel::detokenize(std::span<const llama_token> tokens) const {
  std::string text(tokens.size() * 16 + 16, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    const int32_t size = llama_detokenize(
        vocab_, tokens.data(), static_cast<int32_t>(tokens.size()), text.data(),
        static_cast<int32_t>(text.size()), /*remove_special=*/true, /*unparse_special=*/false);
    text.resize(static_cast<size_t>(size < 0 ? -size : size));
    if (size >= 0) return text;
  }
  throw Failure("llama.cpp cannot turn tokens into a text");
}

llama_token LanguageModel::likeliest(const float* logits, bool may_end) const {
  llama_token best = -1;
  float most = -std::numeric_limits<float>::infinity();
  const int32_t count = llama_vocab_n_tokens(vocab_);
  for (llama_token token = 0; token < count; ++token)
    if (logits[token] > most && (may_end || !ends_answer(token))) {
      most = logits[token];
      best = token;
    }
  if (best < 0) throw Failure("the model names no next token: its output is not a number");
  return best;
}

std::string LanguageModel::description() const {
  std::string text(128, '\0');
  const int32_t size = llama_model_desc(model_.get(), text.data(), text.size());
  text.resize(static_cast<size_t>(std::max(size, 0)));
  return text;
}

}  // namespace mlpgen
