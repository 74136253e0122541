package health.salus.bench;

import health.salus.cli.demo.RunningNetwork;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What processes have taken of the processors.
 *
 * @param own of this process
 * @param nodes of each node's
 */
record ProcessorTime(Duration own, List<Duration> nodes) {
    static ProcessorTime now(RunningNetwork network) {
        return new ProcessorTime(
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                network.nodes().stream().map(RunningNetwork.Node::processorTime).toList());
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(
                own.minus(before.own),
                IntStream.range(0, nodes.size())
                        .mapToObj(i -> nodes.get(i).minus(before.nodes.get(i)))
                        .toList());
    }

    /** Seconds of the node that took most. */
    double most() {
        return nodes.stream().max(Comparator.naturalOrder()).orElseThrow().toNanos() / 1e9;
    }

    /** For people: how much for each of so many transactions, and how much of a core. */
    String describe(long transactions, double seconds) {
        double all = nodes.stream().mapToLong(Duration::toNanos).sum();
        return "processor time a transaction: %.0f µs on all nodes, %.0f µs here; of a core: %s, here %.2f"
                .formatted(
                        all / 1e3 / transactions,
                        own.toNanos() / 1e3 / transactions,
                        nodes.stream()
                                .map(node -> "%.3f".formatted(node.toNanos() / 1e9 / seconds))
                                .toList(),
                        own.toNanos() / 1e9 / seconds);
    }
}
