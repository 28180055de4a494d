// A column of a table: values in row order, with the unit and the meaning beside them.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "ketsim/base/ids.hpp"

namespace ketsim {

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
  void resize(std::size_t rows, T value = T{}) { values_.resize(rows, value); }
  void push_back(T value) { values_.push_back(std::move(value)); }

  //! The column as an Eigen array, for elementwise arithmetic. No Eigen reductions in state: their order of
  //! summation depends on the machine.
  [[nodiscard]] auto array() { return Eigen::Map<Eigen::Array<T, Eigen::Dynamic, 1>>(data(), rows()); }
  [[nodiscard]] auto array() const {
    return Eigen::Map<const Eigen::Array<T, Eigen::Dynamic, 1>>(data(), rows());
  }

  [[nodiscard]] std::string_view unit() const { return unit_; }
  [[nodiscard]] std::string_view meaning() const { return meaning_; }

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

  //! Rows that are there keep their values, new ones have `value`. Space grows by half, so that rows can be
  //! appended one by one. The number of technologies is set once.
  void resize(std::size_t rows, std::size_t kets, T value = T{}) {
    if (rows > stride_ || kets != kets_)
      make_space(stride_ == 0 ? rows : std::max(rows, stride_ + stride_ / 2 + 8), kets);
    for (std::size_t k = 0; k < kets; ++k) {
      for (std::size_t row = rows_; row < rows; ++row) values_[k * stride_ + row] = value;
    }
    rows_ = rows;
  }
  [[nodiscard]] T& operator()(IdType id, KetId ket) { return values_[ket.index() * stride_ + id.index()]; }
  [[nodiscard]] const T& operator()(IdType id, KetId ket) const {
    return values_[ket.index() * stride_ + id.index()];
  }
  //! The rows of one technology; valid until rows are appended.
  [[nodiscard]] T* data(KetId ket) { return values_.data() + ket.index() * stride_; }
  [[nodiscard]] const T* data(KetId ket) const { return values_.data() + ket.index() * stride_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::string_view unit() const { return unit_; }
  [[nodiscard]] std::string_view meaning() const { return meaning_; }

 private:
  void make_space(std::size_t stride, std::size_t kets) {
    std::vector<T> values(stride * kets);
    for (std::size_t k = 0; k < std::min(kets, kets_); ++k)
      std::copy_n(data(KetId(k)), rows_, values.data() + k * stride);
    values_ = std::move(values);
    stride_ = stride;
    kets_ = kets;
  }

  std::string_view unit_;
  std::string_view meaning_;
  std::size_t rows_ = 0;
  std::size_t kets_ = 0;
  std::size_t stride_ = 0;  //!< rows that there is space for
  std::vector<T> values_;
};

}  // namespace ketsim
