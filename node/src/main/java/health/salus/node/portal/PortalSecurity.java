package health.salus.node.portal;

import health.salus.node.pages.SignedInPages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Lets nobody into a portal but patients who signed in; what is in front of that is for everybody. */
@Configuration(proxyBeanMethods = false)
class PortalSecurity {
    @Bean
    @Order(0)
    SecurityFilterChain portal(HttpSecurity http, SignedInPages pages) throws Exception {
        return pages.chain(http, PatientSession.AREA, "/sign-in/**", "/welcome/**", "/email/confirmation/**");
    }
}
