package org.migreg.dashboard.matrix;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureId;
import org.migreg.dashboard.matrix.MatrixGrid.Kernel;
import org.springframework.web.util.HtmlUtils;

/**
 * The cells of a row as markup. By hand, since 200 kernels have 40,000 cells: a template would take longer
 * than the evaluation, and each character counts.
 */
public final class MatrixMarkup {

    private final MatrixGrid grid;
    private final @Nullable String cellAddress;
    private final @Nullable Map<List<CaptureId>, Sign> after;

    /** @param cellAddress of the page of a cell, to which the two ends are added; null for cells without links */
    MatrixMarkup(MatrixGrid grid, @Nullable String cellAddress) {
        this(grid, cellAddress, null);
    }

    /**
     * Cells that show what changed and no links.
     *
     * @param grid as it was before
     * @param after by source and destination, the sign of each cell that gets another one
     */
    static MatrixMarkup ofChanges(MatrixGrid grid, Map<List<CaptureId>, Sign> after) {
        return new MatrixMarkup(grid, null, after);
    }

    private MatrixMarkup(MatrixGrid grid, @Nullable String cellAddress, @Nullable Map<List<CaptureId>, Sign> after) {
        this.grid = grid;
        this.after = after == null ? null : Map.copyOf(after);
        this.cellAddress = cellAddress == null ? null : HtmlUtils.htmlEscape(cellAddress);
    }

    /** The cells of a source's row. Has no text but signs, ids of captures and escaped releases. */
    public String row(int source) {
        StringBuilder row = new StringBuilder();
        Kernel from = grid.kernels().get(source);
        String label = HtmlUtils.htmlEscape(from.label());
        for (int d = 0; d < grid.kernels().size(); d++) {
            Sign sign = Sign.of(grid.verdict(source, d));
            if (after != null) {
                Sign changed = after.get(List.of(
                        from.capture().id(), grid.kernels().get(d).capture().id()));
                row.append("<td class=\"")
                        .append(changed == null ? sign.style() : changed.style() + " c")
                        .append("\">")
                        .append(changed == null ? sign.mark() : sign.mark() + "→" + changed.mark())
                        .append("</td>");
                continue;
            }
            boolean oneWay = grid.onlyTheWayBackWorks(source, d);
            row.append("<td class=\"").append(sign.style());
            if (source == d) {
                row.append(" s");
            }
            if (oneWay) {
                row.append(" b");
            }
            row.append("\">");
            if (cellAddress == null) {
                row.append(sign.mark());
            } else {
                Kernel to = grid.kernels().get(d);
                row.append("<a href=\"")
                        .append(cellAddress)
                        .append("&amp;from=")
                        .append(from.shortId())
                        .append("&amp;to=")
                        .append(to.shortId())
                        .append("\" aria-label=\"")
                        .append(label)
                        .append(" to ")
                        .append(HtmlUtils.htmlEscape(to.label()))
                        .append(": ")
                        .append(sign.words())
                        .append(oneWay ? "; the way back works" : "")
                        .append("\">")
                        .append(sign.mark())
                        .append("</a>");
            }
            row.append("</td>");
        }
        return row.toString();
    }
}
