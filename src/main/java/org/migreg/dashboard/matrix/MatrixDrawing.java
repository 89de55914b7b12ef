package org.migreg.dashboard.matrix;

import java.util.List;
import java.util.Locale;
import org.migreg.dashboard.matrix.MatrixGrid.Kernel;
import org.springframework.web.util.HtmlUtils;

/** The matrix as one picture that needs nothing else: for reports, and other people's pages. */
final class MatrixDrawing {

    private static final int CELL = 22;
    private static final double LETTER = 6.7;
    private static final int MARGIN = 12;
    private static final int TITLE = 26;
    private static final int LEGEND = 24;

    private MatrixDrawing() {}

    static String svg(MatrixGrid grid, String title) {
        List<Kernel> kernels = grid.kernels();
        int longest =
                kernels.stream().mapToInt(kernel -> text(kernel).length()).max().orElse(0);
        int labels = (int) Math.ceil(longest * LETTER) + 8;
        int left = MARGIN + labels;
        int top = MARGIN + TITLE + labels;
        int width = Math.max(left + kernels.size() * CELL + MARGIN, 830);
        int height = top + kernels.size() * CELL + LEGEND + 2 * MARGIN;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " font-family=\"DejaVu Sans, sans-serif\" font-size=\"11\">%n",
                width,
                height,
                width,
                height));
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(svg, MARGIN, MARGIN + 14, "font-size=\"14\" font-weight=\"bold\"", title);
        for (int i = 0; i < kernels.size(); i++) {
            int middle = i * CELL + CELL / 2 + 4;
            text(svg, left - 6, top + middle, "text-anchor=\"end\"", text(kernels.get(i)));
            int x = left + middle;
            text(svg, x, top - 6, "transform=\"rotate(-90 " + x + " " + (top - 6) + ")\"", text(kernels.get(i)));
        }
        for (int s = 0; s < kernels.size(); s++) {
            for (int d = 0; d < kernels.size(); d++) {
                Sign sign = Sign.of(grid.verdict(s, d));
                int x = left + d * CELL;
                int y = top + s * CELL;
                svg.append("<rect x=\"")
                        .append(x)
                        .append("\" y=\"")
                        .append(y)
                        .append("\" width=\"")
                        .append(CELL - 1)
                        .append("\" height=\"")
                        .append(CELL - 1)
                        .append("\" fill=\"")
                        .append(sign.colour())
                        .append('"');
                if (grid.onlyTheWayBackWorks(s, d)) {
                    svg.append(" stroke=\"#000000\" stroke-width=\"1.5\"");
                }
                svg.append("/>");
                text(svg, x + CELL / 2, y + CELL / 2 + 4, "text-anchor=\"middle\"", sign.mark());
            }
        }
        int x = MARGIN;
        int y = height - MARGIN - 6;
        for (Sign sign : Sign.values()) {
            svg.append("<rect x=\"")
                    .append(x)
                    .append("\" y=\"")
                    .append(y - 12)
                    .append("\" width=\"16\" height=\"16\" fill=\"")
                    .append(sign.colour())
                    .append("\"/>");
            text(svg, x + 8, y, "text-anchor=\"middle\"", sign.mark());
            text(svg, x + 22, y, "", sign.words());
            x += 34 + (int) (sign.words().length() * LETTER);
        }
        text(svg, x, y, "", "framed: only the way back works");
        return svg.append("</svg>\n").toString();
    }

    private static String text(Kernel kernel) {
        return kernel.alike().isEmpty()
                ? kernel.label()
                : kernel.label() + " +" + kernel.alike().size();
    }

    private static void text(StringBuilder svg, int x, int y, String attributes, String text) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" ")
                .append(attributes)
                .append('>')
                .append(escaped(text))
                .append("</text>\n");
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscapeDecimal(text, "UTF-8");
    }
}
