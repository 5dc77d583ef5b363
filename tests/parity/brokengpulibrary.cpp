// Preloaded into the worker by tst_protocol: convolutions throw what libtorch throws when a GPU has lost its context, on a machine without one.
#include <stdexcept>

// at::_ops::conv2d::call(); what it takes and gives does not matter to one that always throws.
extern "C" [[gnu::visibility("default")]] void throwAsConvolution() __asm__(
    "_ZN2at4_ops6conv2d4callERKNS_6TensorES4_RKSt8optionalIS2_EN3c108ArrayRefINS9_6SymIntEEESC_SC_SB_");

void throwAsConvolution()
{
    throw std::runtime_error("CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be asynchronously reported at some other API call.");
}
