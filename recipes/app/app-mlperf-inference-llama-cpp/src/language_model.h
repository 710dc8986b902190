// A GGUF file -> a model in memory, its tokenizer and its contexts, by llama.cpp.
#pragma once

#include <llama.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mlpgen {

using Tokens = std::vector<llama_token>;

class LanguageModel {
 public:
  // Throws Failure if the file is no model, or if this processor lacks instructions that llama.cpp
  // was built for.
  explicit LanguageModel(const std::string& path);

  // Control tokens such as <|im_end|> may stand in the text. Throws Failure.
  Tokens tokenize(const std::string& text) const;

  // Without control tokens. Throws Failure.
  std::string detokenize(std::span<const llama_token> tokens) const;

  bool ends_answer(llama_token token) const { return llama_vocab_is_eog(vocab_, token); }
  // The likeliest token; none that ends an answer, unless `may_end`.
  llama_token likeliest(const float* logits, bool may_end) const;

  std::string description() const;  // "llama 135M Q4_1"
  int64_t trained_context() const { return llama_model_n_ctx_train(model_.get()); }  // tokens
  uint64_t parameters() const { return llama_model_n_params(model_.get()); }
  uint64_t bytes() const { return llama_model_size(model_.get()); }  // of the weights

  llama_model* get() const { return model_.get(); }

 private:
  struct Free {
    void operator()(llama_model* model) const { llama_model_free(model); }
  };

  std::unique_ptr<llama_model, Free> model_;
  const llama_vocab* vocab_ = nullptr;
};

// What llama.cpp last logged as an error, without the line's end; empty: nothing yet.
std::string last_llama_error();

}  // namespace mlpgen
