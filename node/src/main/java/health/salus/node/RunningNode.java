package health.salus.node;

import health.salus.node.config.NodeSettings;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.organization.Organizations;
import java.net.URI;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A node that was started. Thread-safe; closing it ends requests in progress first. */
public final class RunningNode implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    RunningNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Port that the node listens at. */
    public int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** Address of the node for a client on this machine, without a slash at the end. */
    public URI localAddress() {
        NodeSettings.Listen listen = context.getBean(NodeSettings.class).listen();
        return URI.create((listen.tls().isEmpty() ? "http" : "https") + "://" + listen.address() + ":" + port());
    }

    /** The ledger of this node. */
    public LedgerHost ledger() {
        return context.getBean(LedgerHost.class);
    }

    /** The organizations of this node. */
    public Organizations organizations() {
        return context.getBean(Organizations.class);
    }

    /** A part of the node, for tests of how it is put together. */
    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    @Override
    public void close() {
        context.close();
    }
}
