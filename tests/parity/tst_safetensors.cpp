#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/halfprecision.h"
#include "core/diffusion/checkpoint/safetensors.h"
#include "tests/parity/support/doctest.h"
#include "tests/parity/support/files.h"
#include "tests/parity/support/memoryof.h"

#include <sys/wait.h>
#include <unistd.h>

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <functional>
#include <memory>
#include <random>

using namespace Galley;
using namespace Galley::Diffusion;

namespace {

const std::string entry = R"({"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}})";

std::string one(const std::string &dtype, const std::string &shape, const std::string &offsets)
{
    return R"({"a":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
}

std::string two(const std::string &first, const std::string &second)
{
    return R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + first + R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + second + "}}";
}

/// Opens the bytes as a file; what was wrong, or "" when it opened.
std::string problemOf(const TempFolder &folder, const std::string &bytes)
{
    const auto path = folder.path() / "file.safetensors";
    writeFile(path, bytes);
    const auto file = SafeTensors::open(path);
    return file ? "" : file.error().message;
}

struct Refusal
{
    std::string message;  ///< empty: the file was opened
    long long memory = 0; ///< bytes beside what the process had
    long long milliseconds = 0;
};

/// Opens \a path in a process of its own, whose peak of memory is this file's.
Refusal refusalOf(const std::filesystem::path &path)
{
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const long long before = memoryOf("VmHWM:");
        const std::clock_t start = std::clock();  // of this process: others may keep the machine busy
        const auto file = SafeTensors::open(path);
        const auto time = static_cast<long long>(std::clock() - start) * 1000 / CLOCKS_PER_SEC;
        const std::string said = std::to_string(memoryOf("VmHWM:") - before) + ' ' + std::to_string(time) + ' ' + (file ? "" : file.error().message.substr(0, 1000));
        const auto written = ::write(ends[1], said.data(), said.size());
        ::_exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string said(2000, '\0');
    const auto length = ::read(ends[0], said.data(), said.size());
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(status == 0);
    REQUIRE(length > 0);
    said.resize(static_cast<std::size_t>(length));
    Refusal refusal;
    const std::size_t first = said.find(' '), second = said.find(' ', first + 1);
    refusal.memory = std::stoll(said.substr(0, first));
    refusal.milliseconds = std::stoll(said.substr(first + 1, second - first - 1));
    refusal.message = said.substr(second + 1);
    return refusal;
}

/// A name of four characters for each of 14,000,000 numbers.
std::string shortName(std::size_t number)
{
    std::string name;
    for (int i = 0; i < 4; ++i, number /= 61)
        name += "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY"[number % 61];
    return name;
}

} // namespace

TEST_CASE("goodFile_isRead")
{
    const TempFolder folder;
    const auto path = folder.path() / "good.safetensors";
    const std::string header = R"({"__metadata__":{"format":"pt"},"b":{"dtype":"I8","shape":[2,2],"data_offsets":[4,8]},)"
                               R"("a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"none":{"dtype":"F32","shape":[0,7],"data_offsets":[8,8]},)"
                               R"("one":{"dtype":"I32","shape":[],"data_offsets":[8,12]}}   )";
    writeFile(path, safetensorsBytes(header, 0) + "abcdefghijkl");
    const auto file = SafeTensors::open(path);
    REQUIRE_MESSAGE(file, (file ? "" : file.error().message));
    CHECK(file->tensors().size() == 4);
    CHECK(file->tensors().front().name == "a");
    CHECK(file->metadata().at("format") == "pt");
    const TensorInfo *b = file->find("b");
    REQUIRE(b);
    CHECK(b->shape == std::vector<std::int64_t>{2, 2});
    std::string bytes(4, ' ');
    REQUIRE(file->copy(*b, std::as_writable_bytes(std::span(bytes))));
    CHECK(bytes == "efgh");
    CHECK(file->find("c") == nullptr);
    const auto some = std::as_writable_bytes(std::span(bytes).first(3));
    CHECK(file->copy(*b, some, b->bytes() - 3));
    CHECK_FALSE(file->copy(*b, some, b->bytes() - 2));
    CHECK_FALSE(file->copy(*b, some, UINT64_MAX));
}

TEST_CASE("packedFile_isReadOrRefusedWithASentence")
{
    const TempFolder folder;
    const auto path = folder.path() / "file.safetensors.zst";
    std::mt19937 random(8);
    std::string numbers(1'000'000, '\0');  // eight blocks, which hardly get smaller
    std::ranges::generate(numbers, [&] { return static_cast<char>(random()); });
    const std::string plain = safetensorsBytes(one("U8", "[1000000]", "[0,1000000]"), 0) + numbers;
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 3));
    const auto problem = [&](const std::string &bytes) {
        writeFile(path, bytes);
        const auto file = SafeTensors::open(path);
        return file ? "" : file.error().message;
    };
    REQUIRE(problem(packed) == "");
    {
        const auto file = SafeTensors::open(path);
        const TensorInfo &tensor = file->tensors().front();
        std::string bytes(tensor.bytes(), '\0');
        REQUIRE(file->copy(tensor, std::as_writable_bytes(std::span(bytes)).subspan(999'000), 999'000));
        file->forget(tensor);
        REQUIRE(file->copy(tensor, std::as_writable_bytes(std::span(bytes))));
        CHECK(bytes == numbers);
        CHECK_FALSE(file->copy(tensor, std::as_writable_bytes(std::span(packed).first(2)), 999'999));
    }
    {
        // Whoever opens it has only its beginning, which is more than the header.
        writeFile(path, packed);
        const auto file = SafeTensors::open(path);
        REQUIRE(file);
        const TensorInfo &tensor = file->tensors().front();
        std::vector<std::byte> bytes(1000);
        std::filesystem::resize_file(path, 4);
        CHECK(file->copy(tensor, bytes));
        CHECK(bytes.back() == static_cast<std::byte>(numbers[999]));
        for (int i = 0; i < 2; ++i) {
            const auto rest = file->copy(tensor, bytes, 999'000);
            REQUIRE_FALSE(rest);
            CHECK(rest.error().code == ErrorCode::ModelFile);
        }
        CHECK(file->copy(tensor, bytes));
        writeFile(path, packed);  // the same file is whole again, and is not read on from the middle
        CHECK_FALSE(file->copy(tensor, bytes, 999'000));
    }
    for (const std::string &bytes : {plain, std::string(), std::string("\x28\xb5\x2f\xfd", 4)})
        CHECK(problem(bytes).find("is not packed with Zstandard") != std::string::npos);
    CHECK(problem(packed.substr(0, packed.size() - 1)).find("is damaged") != std::string::npos);
    CHECK(problem(packed + "more").find("is damaged") != std::string::npos);
    CHECK(problem(packed + packed).find("is damaged") != std::string::npos);
    // A checksum is what finds a wrong bit in what could not be packed.
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    REQUIRE(ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1)) == 0);
    std::string checked(ZSTD_compressBound(plain.size()), '\0');
    checked.resize(ZSTD_compress2(context.get(), checked.data(), checked.size(), plain.data(), plain.size()));
    for (const bool isWrong : {false, true}) {
        if (isWrong)
            checked[checked.size() - 1000] = static_cast<char>(checked[checked.size() - 1000] ^ 1);
        writeFile(path, checked);
        const auto file = SafeTensors::open(path);
        REQUIRE(file);
        std::vector<std::byte> bytes(1000);
        const auto copied = file->copy(file->tensors().front(), bytes, 999'000);
        CHECK(static_cast<bool>(copied) != isWrong);
        if (isWrong)
            CHECK(copied.error().message.find("is damaged") != std::string::npos);
    }
    // RFC 8878 §3.1.1.1: the magic number, then a descriptor that promises eight bytes of size and one segment.
    const std::string large = std::string("\x28\xb5\x2f\xfd\xe0", 5) + std::string("\x01\x00\x00\x10\x00\x00\x00\x00", 8);
    CHECK(problem(large).find("more than 256 MB") != std::string::npos);
    CHECK(problem(large.substr(0, 5) + std::string("\x00\x00\x00\x10\x00\x00\x00\x00", 8)).find("is damaged") != std::string::npos);
    // What is packed is checked like any other file.
    std::string wrong(ZSTD_compressBound(10), '\0');
    wrong.resize(ZSTD_compress(wrong.data(), wrong.size(), "PK\x03\x04......", 10, 3));
    CHECK(problem(wrong).find("PyTorch archive") != std::string::npos);
}

/// A large file with a wrong bit in the length of its header, and headers that are made to take memory.
TEST_CASE("wrongHeaderOfALargeFile_costsLittle")
{
    constexpr std::uintmax_t fileBytes = std::uintmax_t{3} << 30;  // sparse
    const TempFolder folder;
    const auto path = folder.path() / "large.safetensors";
    const auto refusal = [&](std::uint64_t length, const std::string &text) {
        std::string bytes;
        for (int i = 0; i < 8; ++i)
            bytes += static_cast<char>(length >> (8 * i));
        writeFile(path, bytes + text);
        std::filesystem::resize_file(path, fileBytes);
        const Refusal result = refusalOf(path);
        CAPTURE(text.substr(0, 40));
        CHECK(result.message.find("large.safetensors") != std::string::npos);
        CHECK(result.memory < 64 * 1024 * 1024);
        CHECK(result.milliseconds < 1000);
        return result;
    };
    /// \a piece after piece, as many as a header may have bytes.
    const auto full = [](std::string text, const std::string &end, const std::function<std::string(std::size_t)> &piece) {
        for (std::size_t i = 0;; ++i) {
            const std::string next = piece(i);
            if (text.size() + next.size() + end.size() + 1 > SafeTensors::maxHeaderBytes)
                break;
            text += (i > 0 ? "," : "") + next;
        }
        text += end;
        text.resize(SafeTensors::maxHeaderBytes, ' ');
        return text;
    };
    const std::string good = entry;
    CHECK(refusal(std::uint64_t{1} << 26, good).memory < 4 * 1024 * 1024);
    CHECK(refusal(good.size() + (std::uint64_t{1} << 26), good).memory < 4 * 1024 * 1024);
    CHECK(refusal(SafeTensors::maxHeaderBytes, good).message.find("end at byte 24") != std::string::npos);
    const auto tensor = [](const std::string &name) { return '"' + name + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})"; };
    const std::string tensors = full("{", "}", [&](std::size_t i) { return tensor(shortName(i)); });
    CHECK(refusal(tensors.size(), tensors).message.find("more than 32,768 tensors") != std::string::npos);
    const std::string named = full("{", "}", [&](std::size_t i) { return tensor(std::string(400, 'x') + shortName(i)); });
    CHECK(refusal(named.size(), named).message.find("end at byte 0") != std::string::npos);
    const std::string metadata = full(R"({"__metadata__":{)", "}}", [](std::size_t i) { return '"' + shortName(i) + R"(":"")"; });
    CHECK(refusal(metadata.size(), metadata).message.find("more than 4,096 entries") != std::string::npos);
    const std::string text = full(R"({"__metadata__":{"a":")", R"("}})", [](std::size_t) { return std::string(1000, 'x'); });
    CHECK(refusal(text.size(), text).message.find("end at byte 0") != std::string::npos);
}

TEST_CASE("badFile_isRefusedWithASentence")
{
    struct Row
    {
        const char *name;
        std::string bytes;
        const char *sentence;
    };
    const auto withLength = [](std::uint64_t length) {
        std::string bytes;
        for (int i = 0; i < 8; ++i)
            bytes += static_cast<char>(length >> (8 * i));
        return bytes + "{}" + std::string(64, ' ');
    };
    const std::vector<Row> rows{
        {"empty file", "", "only 0 bytes"},
        {"eight bytes", std::string(8, '\0'), "only 8 bytes"},
        {"header over the limit", withLength(SafeTensors::maxHeaderBytes + 1), "at most 8,000,000"},
        {"header length wraps", withLength(UINT64_MAX), "at most 8,000,000"},
        {"header longer than the file", withLength(7'999'999), "the file ends before"},
        {"header of no bytes", withLength(0), "\"dtype\""},
        {"header starts with a space", safetensorsBytes(" {}", 0), "does not start with '{'"},
        {"header is a list", safetensorsBytes("[1,2,3]", 0), "does not start with '{'"},
        {"header is not JSON", safetensorsBytes("{abc}", 0), "not JSON"},
        {"header ends early", safetensorsBytes(entry.substr(0, entry.size() - 1), 24), "not JSON"},
        {"bytes after the object", safetensorsBytes(entry + "x", 24), "not JSON"},
        {"second object", safetensorsBytes(entry + "{}", 24), "not JSON"},
        {"not UTF-8", safetensorsBytes("{\"\xff\":{}}", 0), "not JSON"},
        {"key twice", safetensorsBytes(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", 4), "twice"},
        {"metadata twice", safetensorsBytes(R"({"__metadata__":{},"__metadata__":{}})", 0), "twice"},
        {"metadata key twice", safetensorsBytes(R"({"__metadata__":{"k":"1","k":"2"}})", 0), "twice"},
        {"dtype twice", safetensorsBytes(R"({"a":{"dtype":"U8","dtype":"I8","shape":[4],"data_offsets":[0,4]}})", 4), "twice"},
        {"metadata is a number", safetensorsBytes(R"({"__metadata__":{"k":1}})", 0), "the number 1"},
        {"metadata nested", safetensorsBytes(R"({"__metadata__":{"k":{}}})", 0), "an object"},
        {"tensor is a text", safetensorsBytes(R"({"a":"b"})", 0), "a text"},
        {"tensor is null", safetensorsBytes(R"({"a":null})", 0), "a null"},
        {"nested deep", safetensorsBytes("{\"a\":" + std::string(100'000, '['), 0), "an array"},
        {"no dtype", safetensorsBytes(R"({"a":{"shape":[4],"data_offsets":[0,4]}})", 4), "needs dtype"},
        {"no shape", safetensorsBytes(R"({"a":{"dtype":"U8","data_offsets":[0,4]}})", 4), "needs dtype"},
        {"no offsets", safetensorsBytes(R"({"a":{"dtype":"U8","shape":[4]}})", 4), "needs dtype"},
        {"unknown key", safetensorsBytes(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"code":"x"}})", 4), "unknown key"},
        {"unknown dtype", safetensorsBytes(one("PICKLE", "[4]", "[0,4]"), 4), "not supported"},
        {"dtype in lower case", safetensorsBytes(one("f32", "[1]", "[0,4]"), 4), "not supported"},
        {"dtype is a number", safetensorsBytes(R"({"a":{"dtype":4,"shape":[4],"data_offsets":[0,4]}})", 4), "the number 4"},
        {"one offset", safetensorsBytes(one("U8", "[4]", "[4]"), 4), "two data_offsets"},
        {"three offsets", safetensorsBytes(one("U8", "[4]", "[0,4,8]"), 8), "the number 8"},
        {"offsets nested", safetensorsBytes(one("U8", "[4]", "[[0,4]]"), 4), "an array"},
        {"offset is a text", safetensorsBytes(one("U8", "[4]", R"(["0",4])"), 4), "a text"},
        {"offset is negative", safetensorsBytes(one("U8", "[4]", "[-4,0]"), 4), "the number -4"},
        {"offset is a fraction", safetensorsBytes(one("U8", "[4]", "[0,4.0]"), 4), "the number 4.0"},
        {"offset beyond 64 bits", safetensorsBytes(one("U8", "[4]", "[0,18446744073709551620]"), 4), "the number 18446744073709551620"},
        {"shape is negative", safetensorsBytes(one("U8", "[-4]", "[0,4]"), 4), "the number -4"},
        {"shape is a fraction", safetensorsBytes(one("U8", "[4.5]", "[0,4]"), 4), "the number 4.5"},
        {"shape is an object", safetensorsBytes(one("U8", "{}", "[0,4]"), 4), "an object"},
        {"too many dimensions", safetensorsBytes(one("U8", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4]", "[0,4]"), 4), "more than 16 dimensions"},
        {"shape overflows", safetensorsBytes(one("F32", "[4294967296,4294967296,4294967296]", "[0,24]"), 24), "too large"},
        {"shape wraps to the right size", safetensorsBytes(one("F32", "[4611686018427387910]", "[0,24]"), 24), "too large"},
        {"shape larger than the bytes", safetensorsBytes(one("F32", "[2,4]", "[0,24]"), 24), "should have 32 bytes"},
        {"shape smaller than the bytes", safetensorsBytes(one("F32", "[2]", "[0,24]"), 24), "should have 8 bytes"},
        {"other dtype than the bytes", safetensorsBytes(one("F16", "[2,3]", "[0,24]"), 24), "should have 12 bytes"},
        {"end before begin", safetensorsBytes(one("U8", "[4]", "[8,4]"), 8), "ends before"},
        {"overlap", safetensorsBytes(two("[0,4]", "[2,6]"), 6), "overlaps"},
        {"the same bytes twice", safetensorsBytes(two("[0,4]", "[0,4]"), 4), "overlaps"},
        {"hole at the start", safetensorsBytes(one("U8", "[4]", "[4,8]"), 8), "hole of 4 bytes"},
        {"hole between", safetensorsBytes(two("[0,4]", "[8,12]"), 12), "hole of 4 bytes"},
        {"file shorter than its tensors", safetensorsBytes(entry, 23), "end at byte 24"},
        {"file longer than its tensors", safetensorsBytes(entry, 25), "end at byte 24"},
        {"bytes without tensors", safetensorsBytes("{}", 4), "end at byte 0"},
        {"offset at the end of 64 bits", safetensorsBytes(one("U8", "[4]", "[18446744073709551611,18446744073709551615]"), 4), "hole"},
        {"zip archive", "PK\x03\x04" + std::string(100, 'x'), "PyTorch archive"},
        {"pickle 2", "\x80\x02" + std::string(100, 'x'), "pickle"},
        {"pickle 4", "\x80\x04\x95" + std::string(100, 'x'), "pickle"},
        {"GGUF", "GGUF" + std::string(100, '\0'), "GGUF"},
        {"LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer"},
        {"web page", "<!DOCTYPE html><html>" + std::string(100, ' '), "web page"},
    };
    const TempFolder folder;
    for (const Row &row : rows) {
        CAPTURE(row.name);
        if (row.name == std::string("header of no bytes")) {
            // A length of 0 leaves nothing to parse, whatever follows.
            CHECK(problemOf(folder, row.bytes) != "");
            continue;
        }
        const std::string problem = problemOf(folder, row.bytes);
        CHECK_MESSAGE(problem.find(row.sentence) != std::string::npos, problem);
        CHECK(problem.find("file.safetensors") != std::string::npos);
    }
}

TEST_CASE("truncatedFile_isRefusedAtEveryOffset")
{
    const TempFolder folder;
    const std::string whole = readFile(goldenFolder() / "square.weights.safetensors");
    REQUIRE(problemOf(folder, whole) == "");
    int refused = 0;
    constexpr std::size_t cuts = 200;
    for (std::size_t i = 0; i < cuts; ++i) {
        // Every byte of the start, then spread over the file.
        const std::size_t length = i < 40 ? i : i * whole.size() / cuts;
        refused += !problemOf(folder, whole.substr(0, length)).empty();
    }
    CHECK(refused == cuts);
}

TEST_CASE("changedHeader_neverGivesATensorOutsideTheFile")
{
    const TempFolder folder;
    const std::string whole = readFile(goldenFolder() / "wide.weights.safetensors");
    std::mt19937 random(1);
    int opened = 0;
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = whole;
        for (int change = 0; change < 3; ++change)
            bytes[random() % 600] = static_cast<char>(random() % 5 == 0 ? random() % 256 : "0123456789,:[]{}\""[random() % 17]);
        const auto path = folder.path() / "file.safetensors";
        writeFile(path, bytes);
        const auto file = SafeTensors::open(path);
        if (!file)
            continue;
        ++opened;
        for (const TensorInfo &tensor : file->tensors()) {
            std::vector<std::byte> target(tensor.bytes());
            REQUIRE(file->copy(tensor, target));
        }
    }
    CHECK(opened < 2000);
}

TEST_CASE("fileCutWhileMapped_isAnErrorNotACrash")
{
    const TempFolder folder;
    const auto path = folder.path() / "file.safetensors";
    const std::string header = one("U8", "[1000000]", "[0,1000000]");
    writeFile(path, safetensorsBytes(header, 1'000'000));
    const auto file = SafeTensors::open(path);
    REQUIRE(file);
    std::filesystem::resize_file(path, 4096);
    std::vector<std::byte> target(1'000'000);
    const auto copied = file->copy(file->tensors().front(), target);
    REQUIRE_FALSE(copied);
    CHECK(copied.error().code == ErrorCode::ModelFile);
    CHECK(copied.error().message.find("became shorter") != std::string::npos);
    // The same in the middle of what works on the mapping itself.
    std::uint64_t sum = 0;
    const auto add = [](const std::byte *bytes, std::size_t count, void *to) {
        for (std::size_t i = 0; i < count; ++i)
            *static_cast<std::uint64_t *>(to) += std::to_integer<std::uint64_t>(bytes[i]);
    };
    CHECK_FALSE(file->read(file->tensors().front(), 1'000'000, 0, add, &sum));
    CHECK(file->read(file->tensors().front(), 1'000, 0, add, &sum));
    if (!canConvertHalf()) {
        MESSAGE("This processor has no AVX-512 BF16.");
        return;
    }
    std::vector<std::uint16_t> numbers(500'000);
    const auto convert = [](const std::byte *bytes, std::size_t count, void *to) { (void)halfToBf16(bytes, static_cast<std::uint16_t *>(to), count / 2); };
    const auto read = file->read(file->tensors().front(), 1'000'000, 0, convert, numbers.data());
    REQUIRE_FALSE(read);
    CHECK(read.error().message == copied.error().message);
    CHECK_FALSE(file->read(file->tensors().front(), 1'000'001, 0, convert, numbers.data()));
    CHECK_FALSE(file->read(file->tensors().front(), 2, 999'999, convert, numbers.data()));
}

TEST_CASE("halfNumbers_becomeBf16InAnyAlignment")
{
    if (!canConvertHalf()) {
        MESSAGE("This processor has no AVX-512 BF16.");
        return;
    }
    // 1, −2, 65504, the smallest, 0.1 and 1 + 2⁻⁸ (halfway, to the even one).
    const std::vector<std::uint16_t> halves{0x3c00, 0xc000, 0x7bff, 0x0001, 0x2e66, 0x3c04};
    const std::vector<std::uint16_t> expected{0x3f80, 0xc000, 0x4780, 0x3380, 0x3dcd, 0x3f80};
    for (std::size_t shift = 0; shift < 4; ++shift) {
        std::vector<std::byte> bytes(shift + 2 * halves.size());
        std::memcpy(bytes.data() + shift, halves.data(), 2 * halves.size());
        std::vector<std::uint16_t> out(halves.size());
        CHECK(halfToBf16(bytes.data() + shift, out.data(), out.size()));
        CHECK(out == expected);
        bytes[shift + 1] = std::byte{0x7c};  // infinite
        bytes[shift] = std::byte{0};
        CHECK_FALSE(halfToBf16(bytes.data() + shift, out.data(), out.size()));
    }
}

TEST_CASE("missingFileAndFolder_areSentences")
{
    const TempFolder folder;
    CHECK(SafeTensors::open(folder.path() / "none").error().message.find("No such file") != std::string::npos);
    CHECK(SafeTensors::open(folder.path()).error().message.find("is not a file") != std::string::npos);
}

TEST_CASE("digest_isSha256")
{
    const auto hex = [](const std::string &text, std::size_t part) {
        Sha256 sum;
        for (std::size_t i = 0; i < text.size(); i += part)
            sum.add(std::string_view(text).substr(i, part));
        return sum.hex();
    };
    CHECK(hex("", 1) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex("abc", 3) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::string million(1'000'000, 'a');
    for (const std::size_t part : {1'000'000u, 63u, 64u, 65u})
        CHECK(hex(million, part) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    for (std::size_t length = 50; length < 70; ++length)
        CHECK(hex(std::string(length, 'x'), 7) == hex(std::string(length, 'x'), 100));
}
