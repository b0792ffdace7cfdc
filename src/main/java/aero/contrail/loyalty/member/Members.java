package aero.contrail.loyalty.member;

import aero.contrail.events.MemberNumber;
import org.springframework.data.repository.ListCrudRepository;

/** The members of the programme. */
public interface Members extends ListCrudRepository<Member, MemberNumber> {}
