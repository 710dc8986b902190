// A queue of prompts, answered together: each step of the model carries every answer one token on.
#include "generator.h"

#include <algorithm>
#include <chrono>

namespace mlpgen {
namespace {

// llama_batch holds as many prompt tokens as four long prompts have: more would let the answers
// that grow wait for those that begin.
constexpr size_t kPromptsInStep = 4;

}  // namespace

Generator::Generator(const LanguageModel& model, const PromptLibrary& prompts,
                     const GeneratorOptions& options, AnswerEvents events)
    : model_(model),
      prompts_(prompts),
      options_(options),
      events_(std::move(events)),
      slots_(options.batch),
      output_of_(options.batch, -1) {
  make_context();
  batch_ = llama_batch_init(room_, 0, 1);
  warm_up();
  thread_ = std::thread([this] { serve(); });
}

Generator::~Generator() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
  thread_.join();
  llama_batch_free(batch_);
}

void Generator::make_context() {
  const size_t each = prompts_.longest() + options_.max_tokens;
  if (each > static_cast<size_t>(model_.trained_context()))
    throw Failure("a prompt of " + std::to_string(prompts_.longest()) +
                      " tokens and an answer of " + std::to_string(options_.max_tokens) +
                      " exceed the " + std::to_string(model_.trained_context()) +
                      " tokens of the model",
                  "lower --max-tokens or give shorter --prompts");
  room_ = static_cast<int32_t>(options_.batch + kPromptsInStep * prompts_.longest());
  llama_context_params params = llama_context_default_params();
  params.n_ctx = static_cast<uint32_t>(each * options_.batch);
  params.n_batch = params.n_ubatch = static_cast<uint32_t>(room_);
  params.n_seq_max = static_cast<uint32_t>(options_.batch);
  params.n_threads = params.n_threads_batch = options_.threads;
  params.kv_unified = true;  // prompts and answers of all lengths share a step
  params.no_perf = true;
  context_.reset(llama_init_from_model(model_.get(), params));
  if (!context_)
    throw Failure("llama.cpp makes no context for " + std::to_string(options_.batch) +
                      " answers: " + last_llama_error(),
                  "lower --batch or --max-tokens");
}

// The first prompt in every place, so that memory and threads are there before the clock runs.
void Generator::warm_up() {
  const auto start = std::chrono::steady_clock::now();
  AnswerEvents events = std::exchange(events_, {[](auto&, auto) {}, [](auto&, auto) {}, {}});
  for (int i = 0; i < options_.warmup; ++i) {
    queue_.assign(options_.batch, Work{});
    do {
      admit();
      step();
    } while (!queue_.empty() ||
             std::any_of(slots_.begin(), slots_.end(), [](auto& s) { return s.active; }));
  }
  events_ = std::move(events);
  steps_ = 0;
  warmup_seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void Generator::submit(std::span<const Work> work) {
  {
    std::lock_guard lock(mutex_);
    queue_.insert(queue_.end(), work.begin(), work.end());
  }
  changed_.notify_one();
}

void Generator::add(llama_token token, llama_pos position, size_t slot, bool output) {
  const auto at = static_cast<size_t>(batch_.n_tokens);
  batch_.token[at] = token;
  batch_.pos[at] = position;
  batch_.n_seq_id[at] = 1;
  batch_.seq_id[at][0] = static_cast<llama_seq_id>(slot);
  batch_.logits[at] = output ? 1 : 0;
  if (output) output_of_[slot] = batch_.n_tokens;
  ++batch_.n_tokens;
}

void Generator::start(size_t slot, const Work& work, const Tokens& prompt) {
  slots_[slot] = {true, work, static_cast<llama_pos>(prompt.size()), {}};
  for (size_t i = 0; i < prompt.size(); ++i)
    add(prompt[i], static_cast<llama_pos>(i), slot, i + 1 == prompt.size());
}

// The next step: one token of each answer that grows, then waiting prompts while there is room.
bool Generator::admit() {
  batch_.n_tokens = 0;
  std::fill(output_of_.begin(), output_of_.end(), -1);
  for (size_t slot = 0; slot < slots_.size(); ++slot)
    if (Slot& s = slots_[slot]; s.active) add(s.answer.back(), s.position++, slot, true);
  std::unique_lock lock(mutex_);
  if (batch_.n_tokens == 0) changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  for (size_t slot = 0; slot < slots_.size() && !queue_.empty(); ++slot) {
    if (slots_[slot].active) continue;
    const Tokens& prompt = prompts_.get(queue_.front().index);
    if (batch_.n_tokens + static_cast<int32_t>(prompt.size()) > room_) break;
    start(slot, queue_.front(), prompt);
    queue_.pop_front();
  }
  return batch_.n_tokens > 0;
}

void Generator::step() {
  const int32_t status = llama_decode(context_.get(), batch_);
  if (status != 0)
    throw Failure("llama.cpp could not run a step of " + std::to_string(batch_.n_tokens) +
                  " tokens (status " + std::to_string(status) + "): " + last_llama_error());
  ++steps_;
  for (size_t slot = 0; slot < slots_.size(); ++slot)
    if (output_of_[slot] >= 0) take_token(slot, output_of_[slot]);
}

void Generator::take_token(size_t slot, int32_t output) {
  Slot& s = slots_[slot];
  const bool may_end = s.answer.size() + 1 >= options_.min_tokens;
  const llama_token token = model_.likeliest(llama_get_logits_ith(context_.get(), output), may_end);
  s.answer.push_back(token);
  if (s.answer.size() == 1) events_.first_token(s.work, token);
  if (model_.ends_answer(token) || s.answer.size() == options_.max_tokens) finish(slot);
}

void Generator::finish(size_t slot) {
  llama_memory_seq_rm(llama_get_memory(context_.get()), static_cast<llama_seq_id>(slot), -1, -1);
  slots_[slot].active = false;
  events_.complete(slots_[slot].work, slots_[slot].answer);
}

void Generator::serve() {
  try {
    while (admit()) step();
  } catch (const Failure& failure) {
    events_.fail(failure);
  } catch (const std::exception& error) {
    events_.fail(Failure(error.what()));
  }
}

}  // namespace mlpgen
