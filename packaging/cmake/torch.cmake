# libtorch as two imported targets. The wheel's own TorchConfig.cmake is not used: it insists on a CUDA toolkit, while the
# worker links the CPU half only and opens libtorch_cuda at run time where a driver is present.

if(GALLEY_TORCH_ROOT)
    set(galley_torch ${GALLEY_TORCH_ROOT})
else()
    set(galley_torch ${PROJECT_SOURCE_DIR}/.torch/torch)
endif()
if(NOT EXISTS ${galley_torch}/lib/libtorch_cpu.so)
    message(FATAL_ERROR "No libtorch in ${galley_torch}. Run packaging/setup.sh, or pass -DGALLEY_TORCH_ROOT=DIR, or build without it (-DGALLEY_WITH_TORCH=OFF).")
endif()

# Without OpenMP at::parallel_for(), which is a template, calls everything on one thread. Its library is the one that libtorch brings along.
find_package(OpenMP REQUIRED COMPONENTS CXX)
file(GLOB galley_openmp ${galley_torch}/lib/libgomp*.so*)
if(NOT galley_openmp)
    set(galley_openmp ${OpenMP_CXX_LIBRARIES})
endif()
add_library(galley_torch INTERFACE)
add_library(Galley::Torch ALIAS galley_torch)
target_include_directories(galley_torch SYSTEM INTERFACE
    ${galley_torch}/include ${galley_torch}/include/torch/csrc/api/include)
target_link_libraries(galley_torch INTERFACE ${galley_torch}/lib/libtorch_cpu.so ${galley_torch}/lib/libc10.so ${galley_openmp})
target_compile_options(galley_torch INTERFACE ${OpenMP_CXX_FLAGS})
