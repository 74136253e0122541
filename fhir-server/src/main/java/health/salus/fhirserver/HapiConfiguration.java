package health.salus.fhirserver;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * The parts of HAPI that make an R4 server, with Salus' storage rules. HAPI's batch jobs need its in-process message
 * channels; subscriptions themselves are left out.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    JpaR4Config.class,
    HapiJpaConfig.class,
    ThreadPoolFactoryConfig.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionChannelConfig.class
})
class HapiConfiguration {
    private static final int DEFAULT_PAGE = 50;
    private static final int LARGEST_PAGE = 1_000;

    @Bean
    JpaStorageSettings storageSettings(FhirServerSettings settings) {
        return StorageRules.of(settings);
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            DataSource dataSource,
            ConfigurableListableBeanFactory beans,
            FhirContext context,
            JpaStorageSettings rules,
            FhirServerSettings settings) {
        LocalContainerEntityManagerFactoryBean factory =
                HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, rules);
        factory.setPersistenceUnitName("fhir");
        factory.setDataSource(dataSource);
        factory.setJpaProperties(hibernate(settings));
        return factory;
    }

    private static Properties hibernate(FhirServerSettings settings) {
        Class<?> dialect = settings.onPostgreSql() ? HapiFhirPostgresDialect.class : HapiFhirH2Dialect.class;
        Properties properties = new Properties();
        properties.setProperty("hibernate.dialect", dialect.getName());
        properties.setProperty("hibernate.hbm2ddl.auto", "none"); // the schema is HAPI's own migration's business
        properties.setProperty("hibernate.jdbc.batch_size", "20");
        properties.setProperty("hibernate.cache.use_query_cache", "false");
        properties.setProperty("hibernate.cache.use_second_level_cache", "false");
        properties.setProperty("hibernate.search.enabled", "false");
        return properties;
    }

    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }

    @Bean
    RestfulServer restfulServer(
            FhirServerSettings settings,
            IFhirSystemDao<Bundle, Meta> systemDao,
            IJpaSystemProvider systemProvider,
            ResourceProviderFactory providers,
            JpaStorageSettings rules,
            ISearchParamRegistry searchParameters,
            IValidationSupport validation,
            DatabaseBackedPagingProvider pages) {
        FhirContext context = systemDao.getContext();
        StorageRules.parsing(context);
        RestfulServer server = new RestfulServer(context);
        server.registerProviders(providers.createProviders());
        server.registerProvider(systemProvider);
        JpaCapabilityStatementProvider capabilities =
                new JpaCapabilityStatementProvider(server, systemDao, rules, searchParameters, validation);
        capabilities.setIncludeResourceCounts(false); // counts tell how many records an organization holds
        server.setServerConformanceProvider(capabilities);
        pages.setDefaultPageSize(DEFAULT_PAGE);
        pages.setMaximumPageSize(LARGEST_PAGE);
        server.setPagingProvider(pages);
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setServerAddressStrategy(
                new HardcodedServerAddressStrategy(settings.base().toString()));
        return server;
    }
}
