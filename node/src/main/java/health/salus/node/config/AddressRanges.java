package health.salus.node.config;

import java.util.List;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** IP addresses, single or by their common prefix (CIDR): {@code 10.0.0.0/8}, {@code ::1}. Thread-safe. */
public final class AddressRanges {
    private final List<IpAddressMatcher> ranges;

    private AddressRanges(List<IpAddressMatcher> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads a setting.
     *
     * @param setting its name, for what is wrong with it
     * @throws IllegalArgumentException if one is neither an address nor a range
     */
    static AddressRanges of(String setting, List<String> ranges) {
        return new AddressRanges(
                ranges.stream().map(range -> range(setting, range)).toList());
    }

    private static IpAddressMatcher range(String setting, String range) {
        try {
            return new IpAddressMatcher(range);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting + ": " + range + " (expected: IP addresses, or ranges as 10.0.0.0/8)", e);
        }
    }

    /** @param address an IP address, as sockets tell it */
    public boolean contain(String address) {
        return ranges.stream().anyMatch(range -> range.matches(address));
    }
}
