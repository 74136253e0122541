package health.salus.cli.demo;

import health.salus.cli.console.Output;

/**
 * What the acts of the demo play on.
 *
 * @param wire HTTP calls, told in the story
 * @param transactions the same for what goes to the ledger
 * @param output for progress
 */
record Stage(DemoNetwork network, Story story, Wire wire, Transactions transactions, Output output) {
    /** A stage on a node that runs. */
    static Stage of(DemoNetwork network, Story story, Output output) {
        Wire wire = Wire.to(network.address(), story::tell);
        Transactions transactions =
                new Transactions(network.address(), network.genesis().network(), story::tell);
        return new Stage(network, story, wire, transactions, output);
    }

    /** The hospital's information system. */
    Caller system() {
        return Caller.own(network.system());
    }

    /** The hospital's administrator. */
    Caller admin() {
        return Caller.own(network.admin());
    }

    /** The clinic's doctor. */
    Caller doctor() {
        return Caller.outsider(network.doctor());
    }
}
