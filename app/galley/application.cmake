# The desktop apart from main(), so that the command line can be built and tested without it.
if(TARGET Galley::UiShell AND TARGET Galley::Engines)
    galley_add_library(Application
        SOURCES
            application.cpp
            application.h
            benchmode.cpp
            benchmode.h
        DEPENDS Galley::UiShell
        PRIVATE_DEPENDS Galley::Commands Galley::Engines Galley::Composition Galley::Settings Qt6::Widgets Qt6::Svg)
    qt_add_resources(galley_application appicon PREFIX /app BASE ${PROJECT_SOURCE_DIR}/resources FILES
        ${PROJECT_SOURCE_DIR}/resources/galley.svg)
endif()
