// Texts for people → templates: pieces of text with expressions between `<` and `>`.
#include "check/building.hpp"

namespace praxe {
namespace {

Template build_template(const Excerpt& said, const Building& building) {
    Template text;
    std::size_t begin = 0;
    while (begin < said.text.size()) {
        const std::size_t open = said.text.find('<', begin);
        const std::size_t close = open == std::string::npos ? open : said.text.find('>', open);
        Template::Piece piece{said.text.substr(begin, open == std::string::npos ? open : open - begin), std::nullopt};
        begin = said.text.size();
        if (close != std::string::npos) {
            piece.hole = building.parse(said.part(open + 1, close));
            begin = close + 1;
        } else if (open != std::string::npos) {
            building.diagnostics.error(said.part(open, open + 1).place(), "this \"<\" is never closed",
                                       "between < and > stands an expression whose value is shown");
        }
        text.pieces.push_back(std::move(piece));
    }
    return text;
}

}  // namespace

Texts build_texts(const RawText& raw, const Building& building) {
    Texts texts;
    for (const auto& [language, said] : raw.languages) texts.emplace(language, build_template(said, building));
    return texts;
}

}  // namespace praxe
