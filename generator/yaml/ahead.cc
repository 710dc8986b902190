// Two threads and a queue: the second parses what the first says that it will ask for.
#include "yaml/ahead.h"

#include <algorithm>
#include <system_error>

namespace mlpgen {

YamlAhead::~YamlAhead() {
  {
    Lock lock(mutex_);
    ends_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
  if (second_.joinable()) second_.join();
}

void YamlAhead::start() {
  started_ = true;
  if (std::thread::hardware_concurrency() < 2)
    return;  // the work would only be done in another order
  try {
    second_ = std::thread([this] { work_until_end(); });
  } catch (const std::system_error&) {
    // No thread to be had: take() parses all itself.
  }
}

void YamlAhead::expect(SourceId source, const std::string& text) {
  {
    Lock lock(mutex_);
    auto [job, added] = jobs_.try_emplace(source, Job{source, &text});
    if (!added) return;
    waiting_.push_back(&job->second);
  }
  if (!started_) start();
  changed_.notify_all();
}

std::optional<Node> YamlAhead::take(SourceId source, const std::string& text, Sink& sink) {
  Lock lock(mutex_);
  auto at = jobs_.find(source);
  if (at == jobs_.end()) {
    lock.unlock();
    return parse_yaml(text, source, sink);
  }
  Job& job = at->second;
  if (auto unbegun = std::find(waiting_.begin(), waiting_.end(), &job); unbegun != waiting_.end()) {
    waiting_.erase(unbegun);
    parse(job, lock);
  }
  while (!job.done) {
    if (Job* other = next())
      parse(*other, lock);
    else
      changed_.wait(lock);
  }
  auto taken = jobs_.extract(at);
  lock.unlock();
  if (taken.mapped().thrown) std::rethrow_exception(taken.mapped().thrown);
  for (const Diagnostic& d : taken.mapped().sink.all()) sink.take(d);
  return std::move(taken.mapped().root);
}

YamlAhead::Job* YamlAhead::next() {
  if (waiting_.empty()) return nullptr;
  Job* job = waiting_.front();
  waiting_.pop_front();
  return job;
}

void YamlAhead::parse(Job& job, Lock& lock) {
  lock.unlock();
  try {
    job.root = parse_yaml(*job.text, job.source, job.sink);
  } catch (...) {
    job.thrown = std::current_exception();
  }
  lock.lock();
  job.done = true;
  changed_.notify_all();
}

void YamlAhead::work_until_end() {
  Lock lock(mutex_);
  while (!ends_) {
    if (Job* job = next())
      parse(*job, lock);
    else
      changed_.wait(lock);
  }
}

}  // namespace mlpgen
