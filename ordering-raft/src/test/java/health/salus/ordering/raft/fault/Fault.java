package health.salus.ordering.raft.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What happens to a consortium; {@link Consortium#heal} undoes it. */
enum Fault {
    LEADER_KILLED {
        @Override
        void strike(Consortium consortium, Random random) {
            consortium.node(leader(consortium, random)).kill();
        }
    },
    FOLLOWER_KILLED {
        @Override
        void strike(Consortium consortium, Random random) {
            consortium.node(follower(consortium, random)).kill();
        }
    },
    LEADER_STOPPED {
        @Override
        void strike(Consortium consortium, Random random) {
            consortium.node(leader(consortium, random)).stop();
        }
    },
    FOLLOWER_STOPPED {
        @Override
        void strike(Consortium consortium, Random random) {
            consortium.node(follower(consortium, random)).stop();
        }
    },
    LEADER_SEPARATED {
        @Override
        boolean isPossible(Consortium consortium) {
            return consortium.topology().isReal();
        }

        @Override
        void strike(Consortium consortium, Random random) {
            consortium.topology().separate(Set.of(leader(consortium, random)));
        }
    },
    FOLLOWER_SEPARATED {
        @Override
        boolean isPossible(Consortium consortium) {
            return consortium.topology().isReal();
        }

        @Override
        void strike(Consortium consortium, Random random) {
            consortium.topology().separate(Set.of(follower(consortium, random)));
        }
    },
    HALVES_SEPARATED {
        @Override
        boolean isPossible(Consortium consortium) {
            return consortium.topology().isReal();
        }

        @Override
        void strike(Consortium consortium, Random random) {
            List<String> names = new ArrayList<>(consortium.names());
            Collections.shuffle(names, random);
            consortium.topology().separate(Set.copyOf(names.subList(0, names.size() / 2)));
        }
    },
    LINK_SLOW {
        @Override
        boolean isPossible(Consortium consortium) {
            return consortium.topology().canSlow();
        }

        @Override
        void strike(Consortium consortium, Random random) {
            consortium.topology().slow(any(consortium.names(), random));
        }
    },
    DISK_FULL {
        @Override
        boolean isPossible(Consortium consortium) {
            return consortium.disk().isPresent();
        }

        @Override
        void strike(Consortium consortium, Random random) {
            consortium.disk().orElseThrow().fill();
        }
    },
    CLOCK_WRONG {
        @Override
        void strike(Consortium consortium, Random random) {
            List<String> awake = runningIn(consortium).stream()
                    .filter(name -> !consortium.node(name).isStopped())
                    .toList();
            if (!awake.isEmpty()) {
                consortium.node(any(awake, random)).setClock(Duration.ofHours(random.nextBoolean() ? 1 : -1));
            }
        }
    },
    ALL_RESTARTED {
        @Override
        void strike(Consortium consortium, Random random) {
            List<String> running = consortium.running();
            consortium.terminate(running);
            running.forEach(name -> consortium.node(name).start());
        }
    },
    ALL_KILLED {
        @Override
        void strike(Consortium consortium, Random random) {
            consortium.names().forEach(name -> consortium.node(name).kill());
        }
    };

    abstract void strike(Consortium consortium, Random random);

    /** Whether the system lets this process do it. */
    boolean isPossible(Consortium consortium) {
        return true;
    }

    /** Those that the system does not let this process do. */
    static List<Fault> impossible(Consortium consortium) {
        return Arrays.stream(values())
                .filter(fault -> !fault.isPossible(consortium))
                .toList();
    }

    private static String leader(Consortium consortium, Random random) {
        return consortium.leader().orElseGet(() -> any(runningIn(consortium), random));
    }

    private static String follower(Consortium consortium, Random random) {
        String leader = leader(consortium, random);
        List<String> others = runningIn(consortium).stream()
                .filter(name -> !name.equals(leader))
                .toList();
        return others.isEmpty() ? leader : any(others, random);
    }

    /** There is something to stop, whatever happened before. */
    private static List<String> runningIn(Consortium consortium) {
        if (consortium.running().isEmpty()) {
            consortium.heal();
        }
        return consortium.running();
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }
}
