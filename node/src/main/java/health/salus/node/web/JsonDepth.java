package health.salus.node.web;

/** How deep JSON text is nested, told while it arrives. Text that isn't JSON gets some answer. Not thread-safe. */
final class JsonDepth {
    private int depth;
    private int deepest;
    private boolean inString;
    private boolean escaped;

    /** The deepest nesting so far, with these bytes of UTF-8. */
    int after(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            next(source[i]);
        }
        return deepest;
    }

    private void next(byte character) {
        if (escaped) {
            escaped = false;
        } else if (inString) {
            escaped = character == '\\';
            inString = character != '"';
        } else {
            switch (character) {
                case '"' -> inString = true;
                case '{', '[' -> deepest = Math.max(deepest, ++depth);
                case '}', ']' -> depth--;
                default -> {}
            }
        }
    }
}
