package org.migreg.dashboard.badge;

import org.springframework.web.util.HtmlUtils;

/** Two words on one line: what is asked, and the answer. */
final class Badge {

    private static final double LETTER = 6.6;
    private static final int HEIGHT = 20;
    private static final int MARGIN = 8;

    private Badge() {}

    static String svg(String question, String answer, String colour) {
        int left = width(question);
        int width = left + width(answer);
        String title = escaped(question + ": " + answer);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" role="img" aria-label="%s" \
                font-family="DejaVu Sans, Verdana, sans-serif" font-size="11">
                <title>%s</title>
                <rect width="%d" height="%d" fill="#333333"/>
                <rect x="%d" width="%d" height="%d" fill="%s"/>
                <text x="%d" y="14" fill="#ffffff">%s</text>
                <text x="%d" y="14" fill="#111111">%s</text>
                </svg>
                """.formatted(
                        width,
                        HEIGHT,
                        title,
                        title,
                        left,
                        HEIGHT,
                        left,
                        width - left,
                        HEIGHT,
                        colour,
                        MARGIN,
                        escaped(question),
                        left + MARGIN,
                        escaped(answer));
    }

    private static int width(String text) {
        return (int) Math.ceil(text.length() * LETTER) + 2 * MARGIN;
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
