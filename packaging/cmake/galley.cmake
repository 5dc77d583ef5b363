# The three functions that every CMakeLists.txt of this tree uses, and the flags they share.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Paths inside the tree are hashed as relative ones, so that a second clone finds what the first one compiled; precompiled headers
    # need their sloppiness said.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

add_library(galley_common INTERFACE)
target_include_directories(galley_common INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(galley_common INTERFACE
    -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wsuggest-override
    $<$<BOOL:${GALLEY_WERROR}>:-Werror>)
target_compile_definitions(galley_common INTERFACE GALLEY_VERSION="${PROJECT_VERSION}")
if(GALLEY_SANITIZE)
    target_compile_options(galley_common INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(galley_common INTERFACE -fsanitize=address,undefined)
endif()

add_library(galley_qt INTERFACE)
target_link_libraries(galley_qt INTERFACE galley_common)
if(GALLEY_PCH)
    target_compile_options(galley_qt INTERFACE -pthread)
endif()
target_compile_definitions(galley_qt INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_KEYWORDS QT_USE_QSTRINGBUILDER QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# A third of the time that a file takes to compile goes into parsing the same headers. They are precompiled once for everything below core (galley_pch) and once
# for the window (galley_uipch, which a folder chooses with GALLEY_PCH_FROM). GCC takes a precompiled header only where all macros of its target are defined as well,
# so that these targets define none of their own: of Qt's modules beside Core they know the folders alone. -pthread, which some libraries bring along, defines one.
set(GALLEY_PCH_FROM galley_pch)
function(galley_add_pch target header)
    find_package(nlohmann_json REQUIRED)
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/${target}.cpp CONTENT "")
    add_library(${target} STATIC ${PROJECT_BINARY_DIR}/generated/${target}.cpp)
    target_link_libraries(${target} PRIVATE galley_qt Qt6::Core nlohmann_json::nlohmann_json)
    foreach(module ${ARGN})
        target_include_directories(${target} SYSTEM PRIVATE $<TARGET_PROPERTY:Qt6::${module},INTERFACE_INCLUDE_DIRECTORIES>)
    endforeach()
    set_target_properties(${target} PROPERTIES AUTOMOC OFF)
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/${header})
endfunction()
function(galley_use_pch target)
    if(GALLEY_PCH AND GALLEY_PCH_FROM)
        target_precompile_headers(${target} REUSE_FROM ${GALLEY_PCH_FROM})
    endif()
endfunction()

# galley_add_library(Prompt SOURCES a.cpp a.h … DEPENDS Galley::Template Qt6::Core PRIVATE_DEPENDS …)
# makes the static library galley_prompt with the alias Galley::Prompt.
function(galley_add_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    string(TOLOWER galley_${name} target)
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(Galley::${name} ALIAS ${target})
    target_link_libraries(${target} PUBLIC galley_qt ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS})
    galley_use_pch(${target})
endfunction()

# galley_add_test(tst_promptcompiler SOURCES tst_promptcompiler.cpp LIBS Galley::Prompt) adds one QtTest executable to ctest,
# run on the offscreen platform with a home of its own.
function(galley_add_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
    if(NOT arg_SOURCES)
        set(arg_SOURCES ${name}.cpp)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE galley_qt galley_testpaths Qt6::Test ${arg_LIBS})
    galley_use_pch(${name})
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>) # a test is compiled more often than it runs
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;GALLEY_HOME=${PROJECT_BINARY_DIR}/tests/home/${name};GALLEY_RESOURCES=${PROJECT_SOURCE_DIR}/resources")
endfunction()

# Debian's libzstd has no CMake package.
find_path(ZSTD_INCLUDE_DIR zstd.h REQUIRED)
find_library(ZSTD_LIBRARY zstd REQUIRED)
add_library(galley_zstd INTERFACE)
target_link_libraries(galley_zstd INTERFACE ${ZSTD_LIBRARY})
target_include_directories(galley_zstd SYSTEM INTERFACE ${ZSTD_INCLUDE_DIR})
