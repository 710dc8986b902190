// A text that is made piece by piece, so that the whole of it need not be in memory.
#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace mlpgen {

class Pieces {
 public:
  using Take = std::function<void(std::string_view)>;

  // `make` hands over the pieces in order, the same ones each time it is called. What it refers to
  // must outlive this.
  explicit Pieces(std::function<void(const Take&)> make) : make_(std::move(make)) {}

  void give(const Take& take) const { make_(take); }
  std::string whole() const {
    std::string all;
    make_([&](std::string_view piece) { all += piece; });
    return all;
  }
  friend std::ostream& operator<<(std::ostream& out, const Pieces& p) {
    p.make_([&](std::string_view piece) { out << piece; });
    return out;
  }

 private:
  std::function<void(const Take&)> make_;
};

// Gathers texts to pieces of one MiB. A manifest is millions of short texts, so adding one is no
// more than a copy.
class PieceWriter {
 public:
  explicit PieceWriter(const Pieces::Take& take)
      : take_(take), buffer_(new char[kPiece]), at_(buffer_.get()) {}
  ~PieceWriter() { flush(); }
  PieceWriter(const PieceWriter&) = delete;
  PieceWriter& operator=(const PieceWriter&) = delete;

  PieceWriter& operator<<(std::string_view text) {
    if (text.size() > room()) {
      flush();
      if (text.size() > kPiece) {
        take_(text);
        return *this;
      }
    }
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
    return *this;
  }
  PieceWriter& operator<<(char c) {
    if (room() == 0) flush();
    *at_++ = c;
    return *this;
  }

  // Hands over what was added since the last time.
  void flush() {
    if (at_ != buffer_.get()) take_({buffer_.get(), static_cast<size_t>(at_ - buffer_.get())});
    at_ = buffer_.get();
  }

 private:
  static constexpr size_t kPiece = size_t{1} << 20;

  size_t room() const { return static_cast<size_t>(buffer_.get() + kPiece - at_); }

  const Pieces::Take& take_;
  std::unique_ptr<char[]> buffer_;
  char* at_;  // where the next text goes
};

}  // namespace mlpgen
