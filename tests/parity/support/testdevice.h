#pragma once

#include "core/diffusion/memory/device.h"

#include <c10/core/Device.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace Galley {

/// Where the suites run: "cpu", or what the variable GALLEY_TEST_DEVICE names.
inline std::string testDeviceName()
{
    const char *name = std::getenv("GALLEY_TEST_DEVICE");
    return name && *name ? name : "cpu";
}

/// The same for tests of modules, opened once. A GPU that was asked for and is not there fails the test: it would say nothing.
inline const Diffusion::Device &testDevice()
{
    static const Diffusion::Device device = [] {
        Diffusion::Device chosen = Diffusion::chooseDevice(testDeviceName(), 2);
        if (chosen.kind != testDeviceName())
            throw std::runtime_error(chosen.notes.empty() ? "another device" : chosen.notes.front());
        return chosen;
    }();
    return device;
}

inline c10::Device torchTestDevice()
{
    return c10::Device(testDevice().kind);
}

} // namespace Galley
