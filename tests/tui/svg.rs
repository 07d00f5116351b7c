//! A screen as a picture.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use sso_doctor::tui::measure;

const CELL_WIDTH: f32 = 8.4;
const CELL_HEIGHT: f32 = 18.0;
const MARGIN: f32 = 14.0;
const PAPER: &str = "#1b1f27";
const INK: &str = "#d6dae2";

/// Draws a buffer as SVG. Every stretch of text is as wide as its cells, whatever the font.
pub(crate) fn picture(buffer: &Buffer, title: &str) -> String {
    let width = f32::from(buffer.area.width).mul_add(CELL_WIDTH, 2.0 * MARGIN);
    let height = f32::from(buffer.area.height).mul_add(CELL_HEIGHT, 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\" font-size=\"14\" xml:space=\"preserve\" \
         font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in 0..buffer.area.height {
        let mut column = 0;
        while column < buffer.area.width {
            column = stretch(buffer, row, column, &mut svg);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Draws the cells from there on that look the same, and says where the next ones begin.
fn stretch(buffer: &Buffer, row: u16, start: u16, svg: &mut String) -> u16 {
    let first = &buffer[(start, row)];
    let mut text = String::new();
    let mut column = start;
    while column < buffer.area.width && look(&buffer[(column, row)]) == look(first) {
        let symbol = buffer[(column, row)].symbol();
        text.push_str(symbol);
        column += u16::try_from(measure::measure_width(symbol)).unwrap().max(1);
    }
    let reversed = first.modifier.contains(Modifier::REVERSED);
    if !text.trim().is_empty() || reversed {
        let x = f32::from(start).mul_add(CELL_WIDTH, MARGIN);
        let y = f32::from(row).mul_add(CELL_HEIGHT, MARGIN);
        let wide = f32::from(column - start) * CELL_WIDTH;
        let ink = color(first.fg);
        if reversed {
            writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{ink}\"/>"
            )
            .unwrap();
        }
        let fill = if reversed { PAPER } else { ink };
        let mut style = String::new();
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::DIM, " opacity=\"0.6\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        ] {
            if first.modifier.contains(modifier) {
                style.push_str(attribute);
            }
        }
        let base = y + 13.5;
        let text = escape(&text);
        writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{wide:.1}\" fill=\"{fill}\"{style}>{text}</text>"
        )
        .unwrap();
    }
    column
}

fn look(cell: &Cell) -> (Color, Modifier) {
    (cell.fg, cell.modifier)
}

fn color(color: Color) -> &'static str {
    match color {
        Color::Red => "#f2777a",
        Color::Green => "#8fcf8a",
        Color::Yellow => "#e8c66a",
        Color::Magenta => "#d39be0",
        Color::Cyan => "#6fc7d1",
        _ => INK,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(' ', "\u{a0}")
}
