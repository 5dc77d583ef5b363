#include "core/diffusion/memory/lru.h"
#include "core/diffusion/models/statictextmodel.h"
#include "core/diffusion/tokenizers/wordpiece.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

using namespace Galley;
using namespace Galley::Diffusion;

TEST_CASE("wordPiece_equalsTheReferenceOnEveryString")
{
    const auto file = SafeTensors::open(shippedModels() / "galley-draft" / "text.safetensors.zst");
    REQUIRE(file);
    const auto text = StaticTextModel::fromFile(*file);
    REQUIRE(text);
    const auto cases = nlohmann::json::parse(readFile(goldenFolder() / "wordpiece.json"));
    REQUIRE(cases.size() >= 300);
    for (const auto &item : cases) {
        const std::string words = item["text"];
        CAPTURE(words);
        CHECK(text->tokenizer().encode(words) == item["ids"].get<std::vector<std::int32_t>>());
    }
}

TEST_CASE("wordPiece_limitsAndBrokenBytes")
{
    const auto pieces = WordPiece::fromVocabulary("[UNK]\na\nb\n##b\n[SEP]\nc");
    REQUIRE(pieces);
    using Ids = std::vector<std::int32_t>;
    CHECK(pieces->size() == 6);
    CHECK(pieces->encode("a b ab c", 3) == Ids{1, 2, 1});
    CHECK(pieces->encode("abb") == Ids{1, 3, 3});
    CHECK(pieces->encode("a[SEP]b[sep]") == Ids{1, 4, 2, 0, 0, 0});
    CHECK(pieces->encode("\xff" "a\xc3 b\x80") == Ids{1, 2});
    CHECK(pieces->encode("a", 0).empty());
    CHECK_FALSE(WordPiece::fromVocabulary("a\nb"));
    CHECK_FALSE(WordPiece::fromVocabulary("[UNK]\na\na"));
}

TEST_CASE("captionVector_isAUnitVectorOfTheFirstPieces")
{
    const TempFolder folder;
    makeToyModel(folder.path());
    const auto file = SafeTensors::open(folder.path() / "galley-draft" / "text.safetensors");
    REQUIRE(file);
    const auto text = StaticTextModel::fromFile(*file);
    REQUIRE_MESSAGE(text, (text ? "" : text.error().message));
    CHECK(text->dim() == 16);
    const auto vector = text->captionVector("w1 w2", 6);
    double squares = 0;
    for (const float value : vector)
        squares += static_cast<double>(value) * value;
    CHECK(squares == doctest::Approx(1).epsilon(1e-6));
    CHECK(text->captionVector("w1 w2 w3", 2) == vector);
    CHECK(text->captionVector("w1 w2 w3", 3) != vector);
    CHECK(text->captionVector("  ", 6) == std::vector<float>(16, 0.0f));
}

TEST_CASE("halfToFloat_coversEveryKind")
{
    CHECK(halfToFloat(0x3c00) == 1.0f);
    CHECK(halfToFloat(0xc000) == -2.0f);
    CHECK(halfToFloat(0x0001) == 0x1p-24f);
    CHECK(halfToFloat(0x83ff) == -1023 * 0x1p-24f);
    CHECK(halfToFloat(0x7bff) == 65504.0f);
    CHECK(halfToFloat(0x7c00) == std::numeric_limits<float>::infinity());
    CHECK(std::isnan(halfToFloat(0x7e00)));
}

TEST_CASE("lru_keepsTheLastAskedFor")
{
    Lru<int> cache(2);
    cache.insert("a", 1);
    cache.insert("b", 2);
    REQUIRE(cache.find("a"));
    cache.insert("c", 3);
    CHECK(cache.find("b") == nullptr);
    CHECK(*cache.find("a") == 1);
    CHECK(cache.insert("a", 4) == 4);
    CHECK(cache.size() == 2);
}
