// What most sources of the window include, on top of what all do.
#pragma once

#include "core/base/pch.h"

#include <QAction>
#include <QApplication>
#include <QColor>
#include <QComboBox>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QImage>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>
