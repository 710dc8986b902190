// A model, data and a number of threads -> samples per second of ONNX Runtime alone.
//
// What the harness is compared with: the same library, the same session settings and the same
// samples in memory, but no LoadGen, no queue and no responses.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "../src/failure.h"
#include "../src/npy.h"
#include "../src/ort_session.h"

namespace {

using mlpgen::Failure;

// Streams that start together and share a count of runs.
class Loop {
 public:
  Loop(const char* library, const char* model, const char* data, int streams, int threads)
      : library_(library), file_(data) {
    const mlpgen::NpyHeader& header = file_.header();
    samples_.resize(header.count, std::vector<std::byte>(header.sample.bytes()));
    for (size_t i = 0; i < samples_.size(); ++i) file_.read(i, samples_[i].data());
    for (int i = 0; i < streams; ++i)
      sessions_.push_back(std::make_unique<mlpgen::OrtSession>(
          library_, model, mlpgen::SessionSettings{threads, {}}));
    for (const mlpgen::TensorSpec& output : sessions_[0]->spec().outputs)
      outputs_.push_back(output.name);
  }

  // Seconds that `runs` runs take, spread over the streams.
  double run(size_t runs) {
    next_ = 0;
    std::vector<std::thread> threads;
    const auto start = std::chrono::steady_clock::now();
    for (const auto& session : sessions_)
      threads.emplace_back([this, &session, runs] { serve(*session, runs); });
    for (std::thread& thread : threads) thread.join();
    if (error_) std::rethrow_exception(error_);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  void serve(const mlpgen::OrtSession& session, size_t runs) {
    try {
      const mlpgen::SampleType& type = file_.header().sample;
      std::vector<int64_t> shape = type.shape;
      shape.insert(shape.begin(), 1);
      for (size_t i = next_++; i < runs; i = next_++) {
        const mlpgen::InputTensor input{samples_[i % samples_.size()].data(), type.bytes(),
                                        type.type, shape};
        session.run({&input, 1}, outputs_);
      }
    } catch (...) {
      error_ = std::current_exception();
    }
  }

  mlpgen::OrtLibrary library_;
  mlpgen::NpyFile file_;
  std::vector<std::vector<std::byte>> samples_;
  std::vector<std::unique_ptr<mlpgen::OrtSession>> sessions_;
  std::vector<std::string> outputs_;
  std::atomic<size_t> next_ = 0;
  std::exception_ptr error_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr,
                 "usage: bare_loop LIBONNXRUNTIME MODEL.onnx DATA.npy STREAMS THREADS RUNS\n"
                 "One sample a run; prints samples per second.\n");
    return mlpgen::kExitUsage;
  }
  try {
    const int streams = std::atoi(argv[4]), threads = std::atoi(argv[5]);
    const long runs = std::atol(argv[6]);
    if (streams < 1 || threads < 1 || runs < 1)
      throw Failure("STREAMS, THREADS and RUNS are numbers from 1", "", mlpgen::kExitUsage);
    Loop loop(argv[1], argv[2], argv[3], streams, threads);
    loop.run(5 * static_cast<size_t>(streams));  // warm-up, as the harness does
    const double seconds = loop.run(static_cast<size_t>(runs));
    std::printf("%.3f samples/s\n", static_cast<double>(runs) / seconds);
    return 0;
  } catch (const Failure& failure) {
    std::fprintf(stderr, "error: %s\n", failure.what());
    return failure.exit_code;
  }
}
