package health.salus.node.gateway;

import health.salus.contracts.NetworkKeys;
import health.salus.identity.Credential;
import health.salus.node.access.Custodian;
import health.salus.node.access.Entitlements;
import health.salus.node.access.PortalOrigin;
import health.salus.node.attachment.Attachments;
import health.salus.node.config.NodeSettings;
import health.salus.node.config.NodeSettings.Listen;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.network.Consortium;
import health.salus.node.organization.Organization;
import health.salus.node.organization.Organizations;
import health.salus.node.proof.Finding;
import health.salus.node.proof.ProofSchedule;
import health.salus.node.proof.Prover;
import health.salus.node.proof.Provers;
import health.salus.node.smart.Clients;
import health.salus.node.smart.Issuer;
import health.salus.node.smart.LedgerClients;
import health.salus.node.smart.Sessions;
import health.salus.node.smart.TokenEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the gateways of this node's organizations together: of those that keep records and have a gateway's key. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {
    private static final Logger LOGGER = LoggerFactory.getLogger(GatewayConfiguration.class);

    @Bean
    HostedGateways hostedGateways(
            Organizations organizations,
            LedgerHost ledger,
            NodeSettings settings,
            MeterRegistry meters,
            ApplicationEventPublisher events,
            InstantSource clock) {
        Map<String, HostedGateway> gateways = new TreeMap<>();
        for (Organization organization : organizations.all()) {
            hosted(organization, settings)
                    .ifPresent(hosted -> gateways.put(
                            hosted.id(),
                            HostedGateway.start(
                                    hosted,
                                    ledger.ledger(),
                                    unlessBehind(ledger),
                                    Attachments.of(settings.attachments()),
                                    schedule(settings.proof()),
                                    finding -> announce(hosted.id(), finding, meters, events),
                                    meters,
                                    clock)));
        }
        return new HostedGateways(gateways);
    }

    /** A node that has been without the others for too long doesn't know what was revoked meanwhile. */
    private static Entitlements.StateSource unlessBehind(LedgerHost host) {
        Entitlements.StateSource newest = HostedGateway.stateOf(host.ledger());
        return () -> {
            if (host.consortium().filter(Consortium::isBehind).isPresent()) {
                throw FhirProblem.unavailable("this node is behind the network's ledger, so nothing is disclosed");
            }
            return newest.current();
        };
    }

    private static ProofSchedule schedule(NodeSettings.Proof proof) {
        return new ProofSchedule(
                proof.anchorEvery(), proof.reconcileEvery(), proof.scrubEvery(), proof.scrubVersions());
    }

    private static Optional<HostedOrganization> hosted(Organization organization, NodeSettings settings) {
        Optional<Credential> credential = organization.gateway();
        if (organization.custody().isEmpty()) {
            return Optional.empty();
        }
        if (credential.isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("organization", organization.id())
                    .log("no gateway: its key store has no key called " + Organization.GATEWAY_ALIAS);
            return Optional.empty();
        }
        String base = settings.address() + "/" + organization.id();
        return organization
                .custody()
                .map(custody -> new HostedOrganization(
                        organization.id(),
                        base,
                        credential.get(),
                        custody.fhir(),
                        custody.records(),
                        settings.data()
                                .resolve("organizations")
                                .resolve(organization.id())
                                .resolve("gateway")));
    }

    private static void announce(
            String organization, Finding finding, MeterRegistry meters, ApplicationEventPublisher events) {
        meters.counter(
                        "records.findings",
                        "organization",
                        organization,
                        "kind",
                        finding.kind().name().toLowerCase(Locale.ROOT))
                .increment();
        events.publishEvent(finding);
    }

    @Bean
    Gateways gateways(HostedGateways hosted) {
        return new Gateways(hosted.all().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().gateway())));
    }

    @Bean
    FilterRegistrationBean<FhirDoor> fhirDoor(Gateways gateways, Sessions sessions) {
        FilterRegistrationBean<FhirDoor> door = new FilterRegistrationBean<>(new FhirDoor(gateways, sessions));
        door.addUrlPatterns(FhirDoor.paths(gateways));
        door.setEnabled(!gateways.byOrganization().isEmpty()); // without a path it would be in front of all doors
        door.setOrder(Ordered.LOWEST_PRECEDENCE);
        return door;
    }

    @Bean
    Provers provers(HostedGateways hosted) {
        Map<String, Prover> provers = hosted.all().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().prover()));
        return new Provers(provers);
    }

    @Bean
    Custodian.Directory custodians(HostedGateways hosted) {
        return organization -> hosted.find(organization).map(HostedGateway::custodian);
    }

    @Bean
    Issuer.Directory issuers(HostedGateways hosted) {
        return organization -> hosted.find(organization).map(HostedGateway::issuer);
    }

    @Bean
    Clients clients(LedgerHost ledger, InstantSource clock) {
        return new LedgerClients(ledger.ledger()::state, new NetworkKeys(), clock);
    }

    @Bean
    Sessions sessions(Clients clients, Issuer.Directory issuers, NodeSettings settings) {
        return new Sessions(
                clients, issuers, settings.listen().clientCertificates() == Listen.ClientCertificates.REQUIRED);
    }

    @Bean
    TokenEndpoint tokenEndpoint(Clients clients, InstantSource clock) {
        return new TokenEndpoint(clients, clock);
    }

    @Bean
    Entitlements.StateSource ledgerState(LedgerHost ledger) {
        return HostedGateway.stateOf(ledger.ledger());
    }

    @Bean
    PortalOrigin portalOrigin(NodeSettings settings) {
        return PortalOrigin.of(settings.address());
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    /** The gateways, which end with the application. */
    record HostedGateways(Map<String, HostedGateway> all) implements AutoCloseable {
        Optional<HostedGateway> find(String organization) {
            return Optional.ofNullable(all.get(organization));
        }

        @Override
        public void close() {
            all.values().forEach(HostedGateway::close);
        }
    }
}
