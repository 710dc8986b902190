// A queue of prompts, answered together: each step of the model carries every answer one token on.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "failure.h"
#include "prompt_library.h"

namespace mlpgen {

// One prompt that is to be answered.
struct Work {
  uintptr_t id = 0;  // LoadGen's name for the response
  size_t index = 0;  // of the prompt
};

struct GeneratorOptions {
  int threads = 1;        // that run the model
  size_t batch = 1;       // answers that grow at the same time, at most
  size_t max_tokens = 1;  // of an answer; the token that ends it counts
  size_t min_tokens = 2;  // LoadGen takes no answer of one token
  int warmup = 1;         // full batches before the first prompt
};

// Called on the generator's thread. `answer` ends with the token that ended it, unless it was cut
// at max_tokens.
struct AnswerEvents {
  std::function<void(const Work&, llama_token)> first_token;
  std::function<void(const Work&, std::span<const llama_token> answer)> complete;
  std::function<void(const Failure&)> fail;  // a step went wrong; no more work is taken
};

// Continuous batching: a prompt joins the running batch as soon as a place is free, and leaves it
// with its last token. Decoding is greedy.
class Generator {
 public:
  // Makes the context and warms it up. Throws Failure if the answers do not fit the model.
  Generator(const LanguageModel& model, const PromptLibrary& prompts,
            const GeneratorOptions& options, AnswerEvents events);
  ~Generator();
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  void submit(std::span<const Work> work);

  uint64_t steps() const { return steps_; }  // calls of the model, after the warm-up
  double warmup_seconds() const { return warmup_seconds_; }

 private:
  // A place in the batch; the sequence of the same number in llama.cpp's memory is its own.
  struct Slot {
    bool active = false;
    Work work;
    llama_pos position = 0;  // tokens that the model has seen
    Tokens answer;
  };

  void make_context();
  void warm_up();
  void serve();
  bool admit();  // false: there is nothing to do any more
  void start(size_t slot, const Work& work, const Tokens& prompt);
  void step();
  void take_token(size_t slot, int32_t output);
  void finish(size_t slot);
  void add(llama_token token, llama_pos position, size_t slot, bool output);

  struct FreeContext {
    void operator()(llama_context* context) const { llama_free(context); }
  };

  const LanguageModel& model_;
  const PromptLibrary& prompts_;
  GeneratorOptions options_;
  AnswerEvents events_;
  std::unique_ptr<llama_context, FreeContext> context_;
  llama_batch batch_{};
  int32_t room_ = 0;  // tokens of one step, at most
  std::vector<Slot> slots_;
  std::vector<int32_t> output_of_;  // of each slot: its place in the step's outputs; -1: none
  uint64_t steps_ = 0;
  double warmup_seconds_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Work> queue_;
  bool closing_ = false;

  std::thread thread_;
};

}  // namespace mlpgen
