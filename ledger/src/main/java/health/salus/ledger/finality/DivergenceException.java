package health.salus.ledger.finality;

/** More members than may lie have other blocks than this node, or this node has cosigned others; it takes no more in. */
public final class DivergenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergenceException(String message) {
        super(message);
    }
}
