// One walk over the text, cell after cell.
#include "document/csv.hpp"

#include "document/encoding.hpp"

namespace praxe {
namespace {

class CsvReader {
  public:
    CsvReader(const SourcePtr& source, std::uint32_t begin, Diagnostics& diagnostics)
        : source_(source), text_(source->text()), at_(begin), diagnostics_(diagnostics) {}

    std::optional<std::vector<CsvLine>> read() {
        std::vector<CsvLine> lines;
        while (at_ < text_.size()) {
            if (break_length() > 0) {
                at_ += break_length();
                continue;
            }
            auto line = read_line();
            if (!line) return std::nullopt;
            lines.push_back(*std::move(line));
        }
        return lines;
    }

  private:
    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool ends_cell() const { return at_ >= text_.size() || here() == ',' || break_length() > 0; }
    std::uint32_t break_length() const {
        if (here() == '\n') return 1;
        return text_.substr(std::min<std::size_t>(at_, text_.size())).starts_with("\r\n") ? 2 : 0;
    }

    std::optional<CsvLine> read_line() {
        CsvLine line;
        const std::uint32_t begin = at_;
        for (;; ++at_) {
            auto cell = here() == '"' ? quoted() : plain();
            if (!cell) return std::nullopt;
            line.cells.push_back(cell->trimmed());
            if (here() != ',' || at_ >= text_.size()) break;
        }
        line.place = {source_, {begin, at_}};
        return line;
    }

    std::optional<Excerpt> plain() {
        const std::uint32_t begin = at_;
        for (; !ends_cell(); ++at_) {
            if (here() == '"')
                return fail(at_, "a quote stands within a cell that has none around it",
                            "put the whole cell in quotes, and double those in it");
        }
        return Excerpt{std::string(text_.substr(begin, at_ - begin)), source_, begin, {}};
    }

    std::optional<Excerpt> quoted() {
        const std::uint32_t open = at_++;
        Excerpt cell{{}, source_, at_, {}};
        for (;; ++at_) {
            if (at_ >= text_.size())
                return fail(open, "this quote is not closed", "double a quote that belongs to the text");
            if (here() == '"' && text_.substr(at_ + 1, 1) != "\"") break;
            cell.offsets.push_back(at_);
            cell.text += here();
            if (here() == '"') ++at_;  // of two the second
        }
        cell.offsets.push_back(at_++);
        if (ends_cell()) return cell;
        return fail(at_, "after the quote that closes a cell stands a comma or the end of the line",
                    "double a quote that belongs to the text");
    }

    std::optional<Excerpt> fail(std::uint32_t at, std::string message, std::string hint) {
        diagnostics_.error({source_, {at, at + 1}}, std::move(message), std::move(hint));
        return std::nullopt;
    }

    const SourcePtr& source_;
    std::string_view text_;
    std::uint32_t at_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::optional<std::vector<CsvLine>> read_csv(const SourcePtr& source, Diagnostics& diagnostics) {
    const auto begin = check_encoding(source, DocumentLimits{}, diagnostics);
    if (!begin) return std::nullopt;
    return CsvReader(source, *begin, diagnostics).read();
}

}  // namespace praxe
