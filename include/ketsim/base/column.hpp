// A column of a table: values in row order, with the unit and the meaning beside them.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ketsim/base/ids.hpp"

namespace ketsim {

namespace detail {

//! Space for `rows` rows; where rows come one by one, for an eighth more than there are. Doubling, the
//! library's way, would at one moment hold three times the memory of a large table; space that no row has
//! used yet costs none.
template <class T>
void make_space(std::vector<T>& values, std::size_t rows) {
  if (rows > values.capacity() && !values.empty())
    values.reserve(std::max(rows, values.size() + values.size() / 8 + 8));
}

}  // namespace detail

//! Values of one trait or state of every row of a table, indexed by that table's own id type.
template <class IdType, class T>
class Column {
 public:
  Column(std::string_view unit, std::string_view meaning) : unit_(unit), meaning_(meaning) {}

  [[nodiscard]] T& operator[](IdType id) { return values_[id.index()]; }
  [[nodiscard]] const T& operator[](IdType id) const { return values_[id.index()]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] T* data() { return values_.data(); }
  [[nodiscard]] const T* data() const { return values_.data(); }
  void resize(std::size_t rows, T value = T{}) {
    detail::make_space(values_, rows);
    values_.resize(rows, value);
  }
  void push_back(T value) { values_.push_back(std::move(value)); }

  //! The column as an Eigen array, for elementwise arithmetic. No Eigen reductions in state: their order of
  //! summation depends on the machine.
  [[nodiscard]] auto array() { return Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(data(), rows()); }
  [[nodiscard]] auto array() const {
    return Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>(data(), rows());
  }

  [[nodiscard]] std::string_view unit() const { return unit_; }
  [[nodiscard]] std::string_view meaning() const { return meaning_; }

  template <class Stream>
  friend void stream(Stream& bytes, Column& column) {
    bytes(column.values_);
  }

 private:
  [[nodiscard]] Eigen::Index rows() const { return static_cast<Eigen::Index>(values_.size()); }

  std::string_view unit_;
  std::string_view meaning_;
  std::vector<T> values_;
};

//! One value per row and technology, technology by technology, so that a pass over one KET reads memory in
//! order.
template <class IdType, class T>
class KetColumn {
 public:
  KetColumn(std::string_view unit, std::string_view meaning) : unit_(unit), meaning_(meaning) {}

  //! Rows that are there keep their values, new ones have `value`. The number of technologies is set once.
  void resize(std::size_t rows, std::size_t kets, T value = T{}) {
    values_.resize(kets);
    for (std::vector<T>& of_ket : values_) {
      detail::make_space(of_ket, rows);
      of_ket.resize(rows, value);
    }
  }
  [[nodiscard]] T& operator()(IdType id, KetId ket) { return values_[ket.index()][id.index()]; }
  [[nodiscard]] const T& operator()(IdType id, KetId ket) const { return values_[ket.index()][id.index()]; }
  //! The rows of one technology; valid until rows are appended.
  [[nodiscard]] T* data(KetId ket) { return values_[ket.index()].data(); }
  [[nodiscard]] const T* data(KetId ket) const { return values_[ket.index()].data(); }
  [[nodiscard]] std::size_t kets() const { return values_.size(); }
  [[nodiscard]] std::span<const T> of(KetId ket) const { return values_[ket.index()]; }
  [[nodiscard]] std::string_view unit() const { return unit_; }
  [[nodiscard]] std::string_view meaning() const { return meaning_; }

  template <class Stream>
  friend void stream(Stream& bytes, KetColumn& column) {
    bytes(column.values_);
  }

 private:
  std::string_view unit_;
  std::string_view meaning_;
  std::vector<std::vector<T>> values_;  //!< by technology
};

}  // namespace ketsim
