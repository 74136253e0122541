package health.salus.node.staff;

import health.salus.node.pages.SignedInPages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Lets nobody into the pages of staff but who signed in there; signing in, and making a passkey, is for everybody. */
@Configuration(proxyBeanMethods = false)
class StaffSecurity {
    @Bean
    @Order(1)
    SecurityFilterChain staffPages(HttpSecurity http, SignedInPages pages) throws Exception {
        return pages.chain(http, StaffSession.AREA, "/sign-in/**", "/passkey/**");
    }
}
